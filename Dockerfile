# One file for every service: `npm run image -- chat`, or docker build --build-arg SERVICE=chat -t candor/chat .
# Both bases are pinned by digest. Any other will do for the second that has Node 24 at /nodejs/bin/node.
ARG BUILD_IMAGE=docker.io/library/node:24.21.0-trixie-slim@sha256:173f125896c3b47ddf056734c7ea789d04595a6a08769a8f78e0df642781fb66
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot@sha256:9eeb7f5887d0e239e78264b06f7f11d2e14be534050481803a9e4728fcdd278e

# The service, the packages it stands on, and the part of the lockfile that they need: what else changes in the
# checkout leaves the layers below as they are.
FROM ${BUILD_IMAGE} AS pruned
ARG SERVICE
# It would report to its maker what is built.
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
WORKDIR /checkout
COPY package.json ./
RUN npm install --global "turbo@$(node --print "require('./package.json').devDependencies.turbo")"
COPY . .
RUN turbo prune "@candor/${SERVICE}" @candor/image --docker

FROM ${BUILD_IMAGE} AS built
ARG SERVICE
ARG BASE_IMAGE
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
WORKDIR /checkout
COPY --from=pruned /checkout/out/json/ ./
# Nothing that is installed here needs a script of its own; the pinned Node is the image's.
RUN npm ci --ignore-scripts
COPY --from=pruned /checkout/out/full/ ./
COPY tsconfig.base.json ./
# The console shows it.
COPY docs/conformance.md docs/
RUN npx turbo run build --filter="@candor/${SERVICE}" \
 && node packages/image/src/make-bundle.ts "${SERVICE}" /out "${BASE_IMAGE}"

# Kept but not shipped, source maps and the bill of materials: docker build --target aside --output FOLDER
FROM scratch AS aside
COPY --from=built /out/aside/ /

# A stage of its own, so that a bundle made elsewhere can take its place: --build-context bundle=FOLDER
FROM scratch AS bundle
COPY --from=built /out/bundle/ /

FROM ${BASE_IMAGE}
ARG BASE_IMAGE
ARG SERVICE
ARG DESCRIPTION="Live chat whose privacy notice runs"
ARG VERSION=0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="candor-${SERVICE}" \
      org.opencontainers.image.description="${DESCRIPTION}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${BASE_IMAGE}"
WORKDIR /app
COPY --from=bundle --chmod=0555 / ./
ENV NODE_ENV=production
USER 10001:10001
EXPOSE 8080 9090
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["main.mjs"]
