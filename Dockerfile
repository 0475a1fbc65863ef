# The service in one image: built on the same Debian release that it runs on, so that the C library fits.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# What is built beside the defaults: eventstore, otel.
ARG FEATURES=""
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/source/target \
    cargo build --release --locked --features "$FEATURES" && cp target/release/cartwheel /cartwheel

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Cartwheel" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN useradd --uid 65532 --no-create-home nonroot && install --directory --owner nonroot /data
COPY --from=build /cartwheel /cartwheel
USER 65532
VOLUME /data
ENV CARTWHEEL_STORE=sqlite:/data/cartwheel.db \
    CARTWHEEL_LISTEN=0.0.0.0:8080 \
    CARTWHEEL_STAFF_LISTEN=0.0.0.0:8081
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s CMD ["/cartwheel", "healthcheck"]
ENTRYPOINT ["/cartwheel"]
CMD ["serve"]
