// Package openinghours reads and writes opening hours as OpenStreetMap has them, the
// text of its tag opening_hours:
//
//	h, err := openinghours.Parse("Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off")
//	openinghours.Format(h) // "Mo-Fr 09:00-18:00; Sa 10:00-14:00"
//
// Laws:
//   - An answer is what the text says, or a *RefusedError that says why there is none. Hours
//     that are wrong are worse than none: somebody stands before a closed door.
//   - Rules are read as the tag's specification has it: a rule replaces the ones before it
//     on its days, one after a comma adds to them, "off" takes away.
//   - What Hours cannot hold is refused: seasons, weeks of the year, the first Sunday of a
//     month, sunrise, an end that is open ("18:00+"), a comment in place of a time.
//     Seasons could be spelled out as exceptions for the months to come; they are not, for
//     the hours would go wrong by themselves when those have passed.
//   - So is what people write and mean otherwise than the specification reads it: a night
//     that reaches into a day with a rule of its own, "09:00-12:00; 14:00-18:00", two rules
//     of which the second leaves nothing of the first.
//   - What is said of public holidays is left out, as Hours knows no calendar of holidays:
//     "PH off" changes nothing, "Su,PH 10:00-18:00" is Sunday. What is said of school
//     holidays is refused, as these last for weeks.
//   - Days, "24 hours" and "closed" are read in English and in Chinese.
//   - Parse(Format(h)) is h, for hours that are normal and known.
package openinghours
