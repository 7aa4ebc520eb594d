# docker build --build-arg VERSION="$(git describe --tags --always)" -t corner .

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
# cgo stays on: SQLite and H3 are C. Hence also the same Debian below, whose libc is the one linked against here.
RUN go build -trimpath -tags nomsgpack -ldflags "-X main.version=${VERSION}" -o /out/corner ./cmd/corner

FROM debian:bookworm-slim
RUN apt-get update \
	&& apt-get install -y --no-install-recommends ca-certificates tzdata \
	&& rm -rf /var/lib/apt/lists/* \
	&& useradd --system --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin corner \
	&& install -d -o corner -g corner -m 0750 /data
COPY --from=build /out/corner /usr/local/bin/corner
COPY LICENSE NOTICE /usr/share/doc/corner/

ENV CORNER_LISTEN=0.0.0.0:8080 \
	CORNER_DATA=/data
USER corner
VOLUME /data
EXPOSE 8080

# bash speaks enough HTTP for this; curl would be one more thing in the image to keep safe.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
	CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["corner"]
CMD ["serve"]
