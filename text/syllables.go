package text

import (
	"iter"
	"slices"
	"strings"
)

// syllables is every syllable that some character is read as, sorted. A test holds that it is
// just what Readings yields; to ask every character costs a third of a second.
var syllables = strings.Fields(`
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu ca cai can cang
cao ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui
chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die din ding
diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao
ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu
hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan
kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len leng li
lia lian liang liao lie lin ling liu lo long lou lu luan lue lun luo lv lve ma mai man mang mao me mei men
meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nia nian niang niao nie
nin ning niu nong nou nu nuan nue nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin
ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri
rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen
sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang
tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wong wu
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu
yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou
zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo`)

const longestSyllable = 6 // zhuang

// syllableParts is every beginning of a syllable, and whether it is one.
var syllableParts = func() map[string]bool {
	m := make(map[string]bool, 2*len(syllables))
	for _, s := range syllables {
		for n := range s {
			if _, known := m[s[:n+1]]; !known {
				m[s[:n+1]] = false
			}
		}
		m[s] = true
	}
	return m
}()

// Syllables cuts a word of Latin letters into the syllables of pinyin, in each way in which
// it can be cut, those with long first syllables first: "xian" is xian and xi an. The
// last syllable of a way may be the beginning of one, but for a single letter at the end
// that is none by itself.
func Syllables(word string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if isLetters(word) {
			cutSyllables(nil, word, endings(word), yield)
		}
	}
}

// endings says from which letters on a word can be cut to its end, so that nobody walks
// into one of the countless ways that do not get there.
func endings(word string) []bool {
	can := make([]bool, len(word)+1)
	can[len(word)] = true
	for at := len(word) - 1; at >= 0; at-- {
		for n := min(len(word)-at, longestSyllable); n > 0 && !can[at]; n-- {
			s := word[at : at+n]
			whole, begins := syllableParts[s]
			can[at] = whole && can[at+n] || begins && at+n == len(word)
		}
	}
	return can
}

func isLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}

// cutSyllables yields head with each way to cut rest; false when it shall stop.
func cutSyllables(head []string, rest string, can []bool, yield func([]string) bool) bool {
	for n := min(len(rest), longestSyllable); n > 0; n-- {
		if !can[n] {
			continue
		}
		s := rest[:n]
		whole, begins := syllableParts[s]
		if n == len(rest) {
			if begins && !yield(append(slices.Clone(head), s)) {
				return false
			}
			continue
		}
		if whole && !cutSyllables(append(slices.Clone(head), s), rest[n:], can[n:], yield) {
			return false
		}
	}
	return true
}

// AreInitials reports whether a word can be the first letters of Chinese syllables, which
// never begin with i, u or v; one of more than 8 is not what people type.
func AreInitials(word string) bool {
	return len(word) >= 2 && len(word) <= 8 && isLetters(word) && !strings.ContainsAny(word, "iuv")
}

// CanBeRead reports whether a word can be how Chinese characters are read: syllables in full,
// or the first letters of at least two.
func CanBeRead(word string) bool {
	return len(word) >= 2 && isLetters(word) && (endings(word)[0] || !strings.ContainsAny(word, "iuv"))
}
