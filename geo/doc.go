// Package geo holds places on earth: points, the distances between them, the
// H3 cells they lie in, the coordinate systems phones hand over, and the time
// zone of a point. It is the only room with h3-go (and with it cgo) and with
// tzf.
//
// # Words
//
//   - [Point]: latitude and longitude on WGS-84, in degrees. Every Point inside
//     the house is WGS-84; what a phone sent in another [System] is turned by
//     [ToWGS84] at the door.
//   - [Metres]: a length along the ellipsoid.
//   - [Distance]: metres along the WGS-84 geodesic. [Haversine] is the same on a
//     sphere, for talking to engines that know nothing better.
//   - [Ruler]: Distance from one fixed centre, for hot loops.
//   - [Vector]: a Point as a place in space; an index that stores it beside the
//     Point measures without any trigonometry.
//   - [Cell]: one H3 hexagon (or one of the 12 pentagons) of a resolution. An
//     index stores the five cells of [Cells].
//   - [Area]: a disc on the ground with the cells that cover it, made by [Cover].
//   - [Zone]: the IANA name of the time zone a point lies in.
//
// # Laws
//
//   - Distance(a, b) == Distance(b, a), bit for bit, and RulerAt(a).Distance(b)
//     and RulerAt(a).DistanceTo(b.Vector()) are that same number: two engines
//     that order by it order alike.
//   - |Distance/Haversine - 1| and |Haversine/Distance - 1| are below
//     [SphereSlack] for every pair of points.
//   - If Cover(p, r).Contains(q), then the Area covers q's cell, both the cell
//     that holds q at Area.Res and the ancestor of q's cell at [FinestRes].
//     Cover errs only on the side of too many cells, and never has more than
//     [MaxCells].
//   - The cells of Cells(p) are ancestors of one another, and all descendants of
//     a cell at a resolution lie in one range of numbers, [ChildRange].
//   - ToWGS84(FromWGS84(p, s), s) is p to within 1e-9 degree, except in the band
//     of 700 m along the border of mainland China where GCJ-02 is ambiguous (see
//     [ToWGS84]).
package geo
