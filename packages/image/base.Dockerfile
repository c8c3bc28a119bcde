FROM scratch
COPY --chmod=0555 / /
