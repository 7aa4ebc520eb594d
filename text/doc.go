// Package text is what people write, made comparable: the one form in which names
// and questions are compared (Fold), its stretches of words and of scripts without
// spaces (Runs), pairs of neighbouring characters (Bigrams), and how Chinese
// characters are read (Readings).
//
// Laws:
//   - What is the same for people is made the same in Fold, and nowhere else: case,
//     width, diacritics, traditional and simplified characters.
//   - Folding a folded text changes nothing.
package text
