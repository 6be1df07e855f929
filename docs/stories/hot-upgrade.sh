#!/usr/bin/env bash
# The story of a hot upgrade, from the repository of an outside group to the audit trail of a site:
#
#     docs/stories/hot-upgrade.sh [FOLDER]
#
# A modelling group makes a growth model with the SDK and signs it. A site takes it into a combination under a change
# control plan. While four studies run, a better version is proposed, verified, signed by two people and put in place.
# A worse version, one outside the plan and one that disappoints once it is in use are kept out. In the end the audit
# trail tells all of it.
#
# Needs a JDK (17 or later) and Maven, and nothing else. Works in FOLDER, which must not exist, or in a temporary folder
# that is removed if all goes well. Every sentence that is printed is checked; the first that does not hold ends the
# story with exit code 1. docs/change-control.md explains the words.
#
#   ONCOTWIN_STORY_MAVEN        more options for Maven, such as -o
#   ONCOTWIN_STORY_REPOSITORY   the local Maven repository whose libraries are used, if it is not ~/.m2/repository
set -euo pipefail

oncotwin=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
files=$oncotwin/docs/stories/hot-upgrade

# ---- How the story is told ----

chapter() { printf '\n%s\n%s\n' "$1" "${1//?/-}"; }
say() { printf '* %s\n' "$*"; }
wrong() {
    printf 'This does not hold: %s\n' "$*" >&2
    exit 1
}

# Carries out a command that must succeed, or, as "refused", one that must end with exit code 1. What it prints is in
# $said afterwards, and shown.
said=
succeeds() {
    local code=0
    printf '  $ %s\n' "$(shown "$@")"
    said=$("$@" 2>&1) || code=$?
    told
    [ "$code" = 0 ] || wrong "the command above succeeds (exit code $code)"
}
refused() {
    local code=0
    printf '  $ %s\n' "$(shown "$@")"
    said=$("$@" 2>&1) || code=$?
    told
    [ "$code" = 1 ] || wrong "the command above is refused with exit code 1 (exit code $code)"
}
shown() {
    local words=
    # "as PERSON oncotwin ..." is what PERSON types.
    if [ "$1" = as ]; then words="[$2] " && shift 2; fi
    for word in "$@"; do
        word=${word//"$work"\//}
        word=${word//"$oncotwin"\//}
        if [[ $word = *[!A-Za-z0-9_./:=,-]* ]]; then word="'$word'"; fi
        words+="$word "
    done
    printf '%s' "${words% }"
}
# Without what only tells how far a command is, and without the ends of very long lines.
told() { [ -z "$said" ] || printf '%s\n' "${said//"$work"\//}" | sed '/^oncotwin: \(case\|day\) [0-9.]* of/d' | cut -c 1-240 | sed 's/^/    /'; }

# "tells WORDS": the last command said so.
tells() { [[ $said = *"$1"* ]] || wrong "it says '$1'"; }

# The value of a key in JSON that oncotwin printed with --json, a key on each line.
value() { sed -n 's/^ *"'"$1"'" *: *"\{0,1\}\([^",]*\)"\{0,1\},\{0,1\} *$/\1/p'; }

# ---- Where it takes place ----

if [ $# -gt 0 ]; then
    work=$1
    [ ! -e "$work" ] || wrong "$work does not exist yet"
    mkdir -p "$work"
    kept=yes
else
    work=$(mktemp -d "${TMPDIR:-/tmp}/hot-upgrade.XXXXXX")
    kept=no
fi
work=$(cd "$work" && pwd -P)
site_process=

finish() {
    local code=$?
    trap - EXIT
    if [ -n "$site_process" ] && kill "$site_process" 2>/dev/null; then
        wait "$site_process" 2>/dev/null || true
    fi
    if [ "$code" != 0 ]; then
        printf 'The story ended early; what there was lies in %s\n' "$work" >&2
    elif [ "$kept" = no ]; then
        rm -rf "$work"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

java=java
javac=javac
keytool=keytool
jcmd=jcmd
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java javac=$JAVA_HOME/bin/javac keytool=$JAVA_HOME/bin/keytool jcmd=$JAVA_HOME/bin/jcmd
fi
cd "$work"
"$javac" -d tools "$files"/*.java

# Everything of OncoTwin that is installed goes into a local repository of its own, which lies over the usual one:
# libraries and Maven's plugins are shared.
usual=${ONCOTWIN_STORY_REPOSITORY:-$HOME/.m2/repository}
lay_over() { # BASE LAYER EXCEPT
    mkdir -p "$2"
    local folder
    for folder in "$1"/*/; do
        folder=${folder%/}
        if [ -d "$folder" ] && [ "${folder##*/}" != "$3" ]; then ln -s "$folder" "$2/"; fi
    done
}
lay_over "$usual" repository org
lay_over "$usual/org" repository/org oncotwin
maven() {
    # shellcheck disable=SC2086 # the options are meant to be split
    MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" \
        mvn -B -ntp ${ONCOTWIN_STORY_MAVEN:-} -Dstyle.color=never "-Dmaven.repo.local=$work/repository" "$@" \
        >maven.log 2>&1 || {
        cat maven.log >&2
        wrong "Maven ends without an error"
    }
}

# ---- People: each has a home, a password and an authenticator ----

export ONCOTWIN_SITE=$work/site
# Each has one of their own in truth, and no script knows it.
password='the quick brown fox 71'
# Most commands here are short: the quick compiler alone starts in two thirds of the time.
oncotwin() { ONCOTWIN_JAVA_OPTIONS=-XX:TieredStopAtLevel=1 "$oncotwin/oncotwin" "$@"; }

as() { # PERSON COMMAND...
    local person=$1
    shift
    XDG_STATE_HOME=$work/people/$person ONCOTWIN_PASSWORD="$password" "$@"
}
# The next code of the authenticator. A code is good once, so that a person may have to wait for the next one.
code() { # PERSON
    local step last now
    now=$(($(date +%s) / 30))
    last=$(cat "$work/people/$1/step" 2>/dev/null || echo 0)
    step=$((last >= now ? last + 1 : now))
    while [ "$step" -gt $(($(date +%s) / 30 + 1)) ]; do sleep 1; done
    echo "$step" >"$work/people/$1/step"
    "$java" -cp "$work/tools" Totp "$(cat "$work/people/$1/authenticator")" "$step"
}
# What a person does with the first password and the secret that the administrator hands over.
settle_in() { # PERSON, enrolment in $said
    mkdir -p "$work/people/$1"
    value totp_uri <<<"$said" >"$work/people/$1/authenticator"
    XDG_STATE_HOME=$work/people/$1 ONCOTWIN_PASSWORD=$(value password <<<"$said") \
        ONCOTWIN_NEW_PASSWORD="$password" \
        oncotwin account password "$1" --code "$(code "$1")" >/dev/null
    succeeds as "$1" oncotwin login "$1" --code "$(code "$1")"
}
enrolled() { # PERSON COMMAND...: makes an account, whose first credentials are not shown
    local person=$1
    shift
    printf '  $ %s\n' "$(shown "$@")"
    said=$("$@" --json) || wrong "the account is made"
    settle_in "$person"
}

# ---- Versions of the model ----

certificate=
# Puts the sources of a version into the group's project, builds it with the SDK - tests, conformance kit, signature -
# and hands over what comes out of it.
release() { # VERSION
    local project=$work/org.example.bertalanffy handed=$work/handed-over/$1.0
    cp "$files/versions/$1"/*.java "$project/src/main/java/org/example/bertalanffy/"
    sed -i.before "s#^    <version>.*</version>#    <version>$1.0</version>#" "$project/pom.xml"
    rm -rf "$project/target"
    ONCOTWIN_SIGN_STOREPASS=not-a-secret maven -f "$project/pom.xml" verify \
        -Doncotwin.sign.keystore="$work/keys.p12" -Doncotwin.sign.alias=group -DargLine=-XX:TieredStopAtLevel=1
    mkdir -p "$handed"
    cp "$project/target/org.example.bertalanffy-$1.0.jar" "$handed"
    cp -R "$project/target/conformance" "$handed"
}
bundle() { printf '%s' "$work/handed-over/$1.0/org.example.bertalanffy-$1.0.jar"; }

# The hash of all bits of the state in which a run ended.
state_hash() { sed -n 's/.*"state_hash" *: *"\([0-9a-f]\{64\}\)".*/\1/p' "$1/result.json" | grep .; }
# How many versions of the model the site has loaded, after a collection: the class of the model stands once for each class loader.
loaded() {
    "$jcmd" "$site_process" GC.run >/dev/null
    "$jcmd" "$site_process" VM.classloaders show-classes | grep -c 'org\.example\.bertalanffy\.BertalanffyModel$' || true
}
# Each study with its state, the day that it has reached and the version of the model: "2 running 30.1 1.0.0".
studies() {
    as simon oncotwin study list --json | awk -F '[:,] *' '
        { gsub(/"/, "") }
        $1 ~ /^ *number $/ { number = $2 }
        $1 ~ /^ *state $/ { state = $2 }
        $1 ~ /^ *reached_days $/ { day = $2 }
        $1 ~ /^ *plugins $/ { of_plugin = 1 }
        $1 ~ /^ *version $/ && of_plugin { print number, state, day, $2; of_plugin = 0 }'
}

# ======================================================================================================================
chapter "1. An outside group makes a growth model with the SDK alone"

oncotwin --help >/dev/null
say "The SDK is installed into a local Maven repository of its own."
maven -f "$oncotwin/pom.xml" install -Dmaven.test.skip -am \
    -pl bundles/sdk/bom,bundles/sdk/parent,bundles/sdk/archetype/growth-model
say "A project is generated from the archetype of growth models, and the group puts its science in place of the example."
maven org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate -DarchetypeCatalog=local \
    -DarchetypeGroupId=org.oncotwin -DarchetypeArtifactId=org.oncotwin.sdk.archetype.growth.model \
    -DarchetypeVersion=1.0.0-SNAPSHOT -DgroupId=org.example -DartifactId=org.example.bertalanffy \
    -Dpackage=org.example.bertalanffy -DpluginId=bertalanffy -DpluginTitle="Von Bertalanffy growth"
rm -rf org.example.bertalanffy/src
mkdir -p org.example.bertalanffy/src/{main,test}/java/org/example/bertalanffy
cp "$files"/plugin/src/main/java/*.java org.example.bertalanffy/src/main/java/org/example/bertalanffy/
cp "$files"/plugin/src/test/java/*.java org.example.bertalanffy/src/test/java/org/example/bertalanffy/
cp -R "$files/plugin/src/test/cases" org.example.bertalanffy/src/test/
"$keytool" -genkeypair -keystore keys.p12 -storepass not-a-secret -alias group -keyalg EC -groupname secp256r1 \
    -dname "CN=Example Modelling Group" 2>/dev/null
certificate=$("$keytool" -list -v -keystore keys.p12 -storepass not-a-secret -alias group 2>/dev/null |
    sed -n 's/.*SHA256: *//p' | tr -d ': ' | tr 'A-F' 'a-f')
[ "${#certificate}" = 64 ] || wrong "the certificate of the group has a SHA-256"
release 1.0
say "Version 1.0, with a coarse integrator, is built, conformant and signed by the group."
release 1.1
say "So is version 1.1, whose integrator is better."

# ======================================================================================================================
chapter "2. A site takes version 1.0 into a combination under a plan"

enrolled anna oncotwin site create "$work/site" --admin anna --name "Anna Keller"
"$oncotwin/oncotwin" site start >site.log 2>&1 &
site_process=$!
until grep -q "Ctrl-C stops it" site.log; do
    kill -0 "$site_process" 2>/dev/null || { cat site.log >&2; wrong "the site starts"; }
    sleep 0.2
done
say "The site is open, and stays so until the end of the story."
opened=$(date +%s)
enrolled simon as anna oncotwin account create simon --name "Simon Okoro" --role site
enrolled rita as anna oncotwin account create rita --name "Rita Brandt" --role regulatory
enrolled clara as anna oncotwin account create clara --name "Clara Lindt" --role clinical

cohort=$("$java" -cp tools Cohort cohort)
patients=$(grep -c '"case"' cohort/cohort.json)
[ "$patients" -ge 20 ] || wrong "the reference cohort has at least 20 patients"
say "The reference cohort has $patients virtual patients, whose true course is known in closed form."
mkdir combination
cp "$files/site/combination.json" combination/
sed "s/@CERTIFICATE@/$certificate/; s/@COHORT@/$cohort/" "$files/site/plan.json" >combination/plan.json
succeeds as simon oncotwin combo check combination/combination.json --bundles handed-over/1.0.0
succeeds as simon oncotwin combo install combination/combination.json --bundles handed-over/1.0.0 \
    --reason "protocol 7"
tells "volumetry revision 1"

# ======================================================================================================================
chapter "3. Four studies run, and a better version comes into use"

sed 's/@DAYS@/60/' "$files/site/study.json" >earlier.json
succeeds as simon oncotwin study start volumetry earlier.json
earlier=1
succeeds as simon oncotwin study wait "$earlier"
tells "finished"
say "Study 1 is over before anything changes: it will be asked for again at the end."
# The slower the machine, the longer the studies, so that they still run when the change comes. An output is a tenth of a day.
days=$((400 + 3 * ($(date +%s) - opened)))
sed "s/@DAYS@/$days/" "$files/site/study.json" >study.json
succeeds oncotwin --plugins "$(dirname "$(bundle 1.0)")" run study.json --out without-upgrade --threads 1
say "This is what the studies would give if nothing were ever changed."
for policy in pin pin migrate migrate; do
    succeeds as simon oncotwin study start volumetry study.json --policy "$policy"
    tells "running"
done
pinned="2 3"
migrating="4 5"

succeeds as simon oncotwin change propose volumetry "$(bundle 1.1)" --kind numerical-method \
    --description "Runge-Kutta in place of Euler" --reason "accuracy"
say "Signature of the bundle, conformance report and what version 1.1 says of itself lie within the plan."
succeeds as rita oncotwin change verify 1 --cohort cohort
tells "case $patients of $patients"
tells "verified"
say "In shadow, seen by no study, both versions computed the cohort, and version 1.1 met the criteria of the plan."
refused as rita oncotwin change promote 1 --reason "it is better"
tells "signatures are missing"
succeeds as rita oncotwin change sign 1 --meaning approval --code "$(code rita)"
succeeds as clara oncotwin change sign 1 --meaning review --code "$(code clara)"
succeeds as rita oncotwin change promote 1 --reason "it is better"
tells "accepted"
studies >after-the-change
for number in $pinned; do
    grep -q "^$number running .* 1.0.0$" after-the-change || wrong "the pinned study $number runs on with version 1.0"
done
for number in $migrating; do
    grep -q "^$number running .* 1.1.0$" after-the-change || wrong "the migrating study $number runs on with version 1.1"
done
say "Version 1.1 is in use, and all four studies run on: the pinned ones with version 1.0, the migrating ones with version 1.1."
[ "$(loaded)" = 2 ] || wrong "the site has both versions of the model loaded"
say "Both versions are loaded side by side."

say "Meanwhile the group builds versions 1.2, 1.3 and 1.4."
release 1.2
release 1.4
release 1.3

outputs=$((days * 10 + 1))
for number in $pinned $migrating; do
    succeeds as simon oncotwin study wait "$number"
    tells "finished"
    read -r has should difference \
        <<<"$("$java" -cp tools Compare without-upgrade "site/studies/$number/run")"
    [ "$has $should" = "$outputs $outputs" ] || wrong "study $number has all $outputs outputs"
    case " $pinned " in
        *" $number "*)
            [ "$difference" = 0.0 ] || wrong "study $number differs by 0 from a run without an upgrade, not by $difference"
            [ "$(state_hash without-upgrade)" = "$(state_hash "site/studies/$number/run")" ] ||
                wrong "study $number ends in the state of a run without an upgrade"
            say "Study $number, pinned, has all $outputs outputs, and every bit is that of a run without an upgrade."
            ;;
        *)
            awk -v d="$difference" 'BEGIN { exit !(d > 0 && d <= 0.004) }' ||
                wrong "study $number differs by more than 0 and at most 0.004 from a run without an upgrade, not by $difference"
            say "Study $number, migrated, has all $outputs outputs, and differs by at most $difference; the plan allows 0.004."
            ;;
    esac
done

# ======================================================================================================================
chapter "4. What must not come into use does not"

succeeds as simon oncotwin change propose volumetry "$(bundle 1.2)" --kind numerical-method \
    --description "Longer steps" --reason "speed"
refused as rita oncotwin change verify 2 --cohort cohort
tells "NOT met"
refused as rita oncotwin change promote 2 --reason "it is faster"
say "Version 1.2, which is less accurate, is refused by the protocol."

refused as simon oncotwin change propose volumetry "$(bundle 1.3)" --kind numerical-method \
    --description "The radius as well" --reason "wanted by users"
tells "bertalanffy.radius"
tells "may differ in [text] and in nothing else"
say "Version 1.3, which keeps another quantity, is refused by the plan."

succeeds as simon oncotwin change propose volumetry "$(bundle 1.4)" --kind numerical-method \
    --description "A third, rounded" --reason "speed"
succeeds as rita oncotwin change verify 3 --cohort cohort
# Who has signed in a session with both components signs with one of them later.
succeeds as rita oncotwin change sign 3 --meaning approval
succeeds as clara oncotwin change sign 3 --meaning review
refused as rita oncotwin change promote 3 --reason "it is faster"
tells "rolled back"
tells "post-condition in-use"
succeeds as simon oncotwin combo list
tells "1.1.0"
say "Version 1.4 passes the protocol, but once in use it differs by more than the plan allows: it is taken back by itself."

# ======================================================================================================================
chapter "5. What is left, and what is proved"

[ "$(loaded)" = 1 ] || wrong "the site has one version of the model loaded, not $(loaded)"
say "Of the versions that the site had loaded one is left: the class loader of version 1.0 was collected, with the first change after its last study."

for number in "$earlier" ${migrating% *}; do
    succeeds as simon oncotwin study replay "$number"
    tells "identical"
done
say "A study from before the change is reproduced bit for bit, and so is one that moved from version 1.0 to version 1.1."

succeeds as simon oncotwin audit verify
tells "nothing is wrong"
as simon oncotwin audit list --from 1 --most 1000 >trail.txt
tr -s ' ' <trail.txt >steps.txt
for step in \
    'combination.install combination volumetry' \
    'change.propose change 1' 'change.verify change 1' 'change.refuse change 1' 'sign change 1' \
    'change.promote change 1' 'study.move study 4' 'study.move study 5' 'change.accept change 1' \
    'change.propose change 2' 'change.verify change 2' 'change.refuse change 2' \
    'change.refuse combination volumetry' \
    'change.propose change 3' 'change.verify change 3' 'sign change 3' 'change.promote change 3' \
    'change.rollback change 3'; do
    grep -q " $step" steps.txt || wrong "the audit trail tells of '$step'"
done
said=$(cat trail.txt)
told
say "Every step and every refusal is in the audit trail, whose chain of hashes is intact."

succeeds oncotwin site stop
site_process=
printf '\nThe story is told: everything in it held.\n'
