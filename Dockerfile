# All stages name one Java build exactly: it is the one that the tests ran on, and the AOT cache is good for no other.
FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /build

# Dependencies first: this layer is made anew only when the build itself changes.
COPY mvnw pom.xml ./
COPY .mvn .mvn
RUN ./mvnw -B -ntp quarkus:go-offline

COPY src src
COPY fhir-profiles fhir-profiles
COPY deploy/jvm.options deploy/jvm.options
# Trained below, where it will run: not here.
RUN ./mvnw -B -ntp -Paot package -Dmaven.test.skip=true -Dexec.skip=true
RUN javac -d target/training src/training/java/health/setpoint/training/*.java


FROM eclipse-temurin:25.0.3_9-jre-noble
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Setpoint" \
      org.opencontainers.image.description="Clinical decision support for anastrozole in men on testosterone, over CDS Hooks and FHIR R4" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.3_9-jre-noble"
WORKDIR /app

# From what changes least to what changes most.
COPY --from=build /build/target/quarkus-app/lib/ lib/
COPY --from=build /build/target/quarkus-app/quarkus/ quarkus/
COPY --from=build /build/target/quarkus-app/*.jar ./
COPY --from=build /build/target/quarkus-app/app/ app/
COPY --from=build /build/deploy/jvm.options ./

# The cache knows the JVM, the jars and their times: made here, of what will run, on a call of every kind.
RUN --mount=type=bind,from=build,source=/build/target/training,target=/training \
    java -cp /training health.setpoint.training.Training /app /app/jvm.options

# The one folder that the service may write to, and nobody else read. All else of the container can be read-only, but for
# /tmp.
RUN install -d -m 0700 -o 10001 -g 10001 data
VOLUME ["/app/data"]
USER 10001:10001

# Other machines can reach it, so it starts with clients only (SETPOINT_CLIENTS_FOLDER), or, where nobody is to be checked,
# with SETPOINT_LOCAL_MODE_ALLOW_OTHER_MACHINES=true: see docs/security.md.
ENV QUARKUS_HTTP_HOST=0.0.0.0
EXPOSE 8080
# The image has no curl, and needs none.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# Further options for the JVM: JAVA_TOOL_OPTIONS.
ENTRYPOINT ["java", "@jvm.options", "-jar", "quarkus-run.jar"]
