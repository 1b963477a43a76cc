# Both stages name one Java build exactly: it is the one that the tests ran on.
FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /build

# Dependencies first: this layer is made anew only when the build itself changes.
COPY mvnw pom.xml ./
COPY .mvn .mvn
RUN ./mvnw -B -ntp quarkus:go-offline

COPY src src
RUN ./mvnw -B -ntp package -Dmaven.test.skip=true


FROM eclipse-temurin:25.0.3_9-jre-noble
WORKDIR /app

# From what changes least to what changes most.
COPY --from=build /build/target/quarkus-app/lib/ lib/
COPY --from=build /build/target/quarkus-app/quarkus/ quarkus/
COPY --from=build /build/target/quarkus-app/*.jar ./
COPY --from=build /build/target/quarkus-app/app/ app/

# The one folder that the service may write to, and nobody else read.
RUN install -d -m 0700 -o 10001 -g 10001 data
USER 10001:10001

# Other machines can reach it, so it starts with clients only (SETPOINT_CLIENTS_FOLDER), or, where nobody is to be checked,
# with SETPOINT_LOCAL_MODE_ALLOW_OTHER_MACHINES=true: see docs/security.md.
ENV QUARKUS_HTTP_HOST=0.0.0.0
EXPOSE 8080
# The image has no curl, and needs none.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# Further options for the JVM: JAVA_TOOL_OPTIONS.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "quarkus-run.jar"]
