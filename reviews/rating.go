package reviews

// Rating is the sum of what verified visitors gave a place.
type Rating struct {
	Sum int64 // of stars
	N   int64 // of reviews
}

// Plus is the rating with one more review.
func (r Rating) Plus(stars int) Rating { return Rating{r.Sum + int64(stars), r.N + 1} }

// The prior of Score: what we believe of a place nobody has rated, and how many
// reviews that belief is worth.
const (
	priorMilliStars = 3_500
	priorReviews    = 5
)

// Score orders places by rating, in thousandths of a star: the Bayesian mean
// (priorReviews·3.5 + Sum) / (priorReviews + N), rounded down. So one friend's
// five stars do not outrank forty strangers' four and a half.
func (r Rating) Score() int {
	return int((priorReviews*priorMilliStars + 1000*r.Sum) / (priorReviews + r.N))
}

// Tenths is the plain mean in tenths of a star, rounded half up; 0 without reviews.
func (r Rating) Tenths() int {
	if r.N == 0 {
		return 0
	}
	return int((20*r.Sum + r.N) / (2 * r.N))
}
