package geo

import "math"

// far is the geodesic's length where the local formula ends.
func far(a, b Vector) Metres {
	if b.Z < a.Z || b.Z == a.Z && (b.X < a.X || b.X == a.X && b.Y < a.Y) {
		a, b = b, a // one order, so that the result is symmetric to the last bit
	}
	if s, ok := vincenty(a, b); ok {
		return Metres(s)
	}
	return Metres(aroundTheGlobe(a, b))
}

// vincenty solves the inverse geodesic problem (T. Vincenty, "Direct and inverse
// solutions of geodesics on the ellipsoid with application of nested equations",
// Survey Review XXIII 176, 1975) to about 0.1 mm. It reports false where the
// iteration does not settle: nearly antipodal points.
func vincenty(a, b Vector) (float64, bool) {
	// A surface point's reduced latitude is the angle of (√(x²+y²)/a, z/b).
	cosU1, sinU1 := math.Hypot(a.X, a.Y)/semiMajor, a.Z/semiMinor
	cosU2, sinU2 := math.Hypot(b.X, b.Y)/semiMajor, b.Z/semiMinor
	diff := math.Abs(math.Atan2(a.X*b.Y-a.Y*b.X, a.X*b.X+a.Y*b.Y)) // difference of longitude
	lambda := diff
	for range 60 {
		sinL, cosL := math.Sincos(lambda)
		t := cosU1*sinU2 - sinU1*cosU2*cosL
		sinSigma := math.Sqrt(cosU2*sinL*cosU2*sinL + t*t)
		cosSigma := sinU1*sinU2 + cosU1*cosU2*cosL
		if sinSigma == 0 {
			return 0, cosSigma > 0
		}
		sigma := math.Atan2(sinSigma, cosSigma)
		sinAlpha := cosU1 * cosU2 * sinL / sinSigma
		cos2Alpha := 1 - sinAlpha*sinAlpha
		cos2M := 0.0 // on the equator
		if cos2Alpha > 0 {
			cos2M = cosSigma - 2*sinU1*sinU2/cos2Alpha
		}
		c := flattening / 16 * cos2Alpha * (4 + flattening*(4-3*cos2Alpha))
		next := diff + (1-c)*flattening*sinAlpha*
			(sigma+c*sinSigma*(cos2M+c*cosSigma*(2*cos2M*cos2M-1)))
		switch {
		case math.IsNaN(next):
			return next, true // a coordinate was NaN, and no search will help
		case next > math.Pi:
			return 0, false
		case math.Abs(next-lambda) < 1e-13:
			return arcLength(sigma, sinSigma, cosSigma, cos2Alpha, cos2M), true
		}
		lambda = next
	}
	return 0, false
}

// arcLength turns the angle sigma on the auxiliary sphere into metres, with the
// series of Vincenty's equations 3, 4 and 6.
func arcLength(sigma, sinSigma, cosSigma, cos2Alpha, cos2M float64) float64 {
	const second = (semiMajor*semiMajor - semiMinor*semiMinor) / (semiMinor * semiMinor)
	u2 := cos2Alpha * second
	a := 1 + u2/16384*(4096+u2*(-768+u2*(320-175*u2)))
	b := u2 / 1024 * (256 + u2*(-128+u2*(74-47*u2)))
	delta := b * sinSigma * (cos2M + b/4*(cosSigma*(2*cos2M*cos2M-1)-
		b/6*cos2M*(4*sinSigma*sinSigma-3)*(4*cos2M*cos2M-3)))
	return semiMinor * a * (sigma - delta)
}

// aroundTheGlobe is the geodesic's length between nearly antipodal points, for
// which vincenty does not settle. Each way from a to b crosses the plane through
// the earth's centre that parts them, about half-way, so the shortest way is the
// least sum of the ways to and from a point of that plane: a search in one angle,
// whose quarter-globe legs vincenty does solve. It takes tens of microseconds,
// and no two shops are that far apart.
func aroundTheGlobe(a, b Vector) float64 {
	n := unit(Vector{a.X - b.X, a.Y - b.Y, a.Z - b.Z})
	e1 := unit(Vector{n.Y, -n.X, 0})
	if n.X == 0 && n.Y == 0 {
		e1 = Vector{1, 0, 0}
	}
	e2 := Vector{n.Y*e1.Z - n.Z*e1.Y, n.Z*e1.X - n.X*e1.Z, n.X*e1.Y - n.Y*e1.X}
	via := func(angle float64) float64 {
		s, c := math.Sincos(angle)
		m := onSurface(Vector{c*e1.X + s*e2.X, c*e1.Y + s*e2.Y, c*e1.Z + s*e2.Z})
		there, ok1 := vincenty(a, m)
		back, ok2 := vincenty(m, b)
		if !ok1 || !ok2 {
			return math.Inf(1)
		}
		return there + back
	}
	const steps = 36
	best, at := math.Inf(1), 0.0
	for i := range steps {
		angle := float64(i) * (2 * math.Pi / steps)
		if s := via(angle); s < best {
			best, at = s, angle
		}
	}
	return math.Min(best, leastNear(via, at, 2*math.Pi/steps))
}

// leastNear is the least value of f within step of x, by golden-section search.
func leastNear(f func(float64) float64, x, step float64) float64 {
	const ratio = math.Phi - 1
	lo, hi := x-step, x+step
	p, q := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
	fp, fq := f(p), f(q)
	for range 45 {
		if fp < fq {
			hi, q, fq = q, p, fp
			p = hi - ratio*(hi-lo)
			fp = f(p)
		} else {
			lo, p, fp = p, q, fq
			q = lo + ratio*(hi-lo)
			fq = f(q)
		}
	}
	return math.Min(fp, fq)
}

func unit(v Vector) Vector {
	l := math.Sqrt(v.X*v.X + v.Y*v.Y + v.Z*v.Z)
	return Vector{v.X / l, v.Y / l, v.Z / l}
}

// onSurface stretches a direction from the earth's centre to the ellipsoid.
func onSurface(v Vector) Vector {
	l := math.Sqrt((v.X*v.X+v.Y*v.Y)/(semiMajor*semiMajor) + v.Z*v.Z/(semiMinor*semiMinor))
	return Vector{v.X / l, v.Y / l, v.Z / l}
}
