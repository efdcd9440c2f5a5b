# Stops the PostgreSQL of `partita demo` that lives in the folder of this file, and removes the folder.
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit
case $folder in
    */partita-demo-*) ;;
    *) echo "$folder is no folder of partita demo" >&2; exit 1 ;;
esac
cd /

lock=$folder/data/postmaster.pid
absent=0 tries=0
# Programs that are just starting the server may still write into the folder, so it has to stay away for a while.
while [ $absent -lt 3 ] && [ $tries -lt 100 ]; do
    if pid=$(head -n 1 "$lock" 2>/dev/null); then
        # At once, and without a last look at the data, which goes anyway.
        kill -QUIT "$pid" 2>/dev/null
        waited=0
        while [ -e "$lock" ] && [ $waited -lt 100 ]; do
            sleep 0.05
            waited=$((waited + 1))
        done
    fi
    if [ -e "$folder" ]; then
        rm -rf "$folder" 2>/dev/null
        absent=0
    else
        absent=$((absent + 1))
    fi
    tries=$((tries + 1))
    sleep 0.05
done
[ ! -e "$folder" ]
