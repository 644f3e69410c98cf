#!/bin/sh
# What mdevctl asks about the devices of this tree beyond its files: the attributes of an active device, and their change
# while it runs. Written by Mdev.Sdk, again at every start of a host; a vendor's own script goes beside it under a name that
# sorts before it.
#
# The protocol is that of mdevctl(8), "INVOKING EXTERNAL SCRIPTS FOR DEVICE EVENTS". Status: 0 done, 1 refused with a
# sentence on standard error, 2 not a device of this tree. mdevctl runs the script once for each device it lists, so that
# part starts no program.

newline='
'

fail() {
    echo "$1" >&2
    exit 1
}

# What of a device's folder is not its vendor's.
is_of_tree() {
    case $1 in
        remove | mdev_type | mdev_type/* | pci | pci/*) ;;
        *) return 1 ;;
    esac
}

# read_value FILE: sets value to what the file holds, without its last line's end. False: it cannot be read and written,
# which a tree in sysfs's manner refuses even to root.
read_value() {
    value=
    {
        separator=
        while IFS= read -r line <&3 || [ -n "$line" ]; do
            value=$value$separator$line separator=$newline
        done
    } 3<> "$1"
} 2> /dev/null

# JSON (RFC 8259).

# quote TEXT: sets quoted to the text as a JSON string.
quote() {
    quoted=
    rest=$1
    while :; do
        plain=${rest%%[\"\\[:cntrl:]]*}
        quoted=$quoted$plain
        rest=${rest#"$plain"}
        case $rest in
            '') break ;;
            '"'*) quoted=$quoted'\"' ;;
            \\*) quoted=$quoted'\\' ;;
            *) quoted=$quoted$(printf '\\u%04x' "'${rest%"${rest#?}"}") ;;
        esac
        rest=${rest#?}
    done
    quoted=\"$quoted\"
}

# Takes the next string out of json: sets string to it, and skipped to what stood before. False: there is none.
next_string() {
    skipped=${json%%\"*} string=
    [ "$skipped" != "$json" ] || return
    json=${json#*\"}
    while :; do
        plain=${json%%[\"\\]*}
        string=$string$plain
        json=${json#"$plain"}
        case $json in
            '"'*) json=${json#?}; return 0 ;;
            '\n'*) string=$string$newline ;;
            '\'[bfrt]*) string=$string$(printf '%b' "${json%"${json#??}"}") ;;
            '\u00'[01]*)
                # mdevctl writes other control characters so, and everything from the blank up as it is.
                escape=${json#??}
                escape=$(printf '%o' "0x${escape%"${escape#????}"}")
                string=$string$(printf '%b' "\\0$escape")
                json=${json#????} ;;
            '\'[\"\\/]*)
                escape=${json%"${json#??}"}
                string=$string${escape#?} ;;
            *) return 1 ;;
        esac
        json=${json#??}
    done
}

# The events.

get_capabilities() {
    # Every action and event: what a script leaves out, mdevctl refuses to do.
    actions='"start","stop","define","undefine","modify","attributes","capabilities"'
    echo "{\"supports\":{\"version\":2,\"actions\":[$actions],\"events\":[\"pre\",\"post\",\"notify\",\"get\",\"live\"]}}"
}

# print_attribute FILE: nothing if it is none that can be read and written.
print_attribute() {
    if [ ! -f "$1" ] || ! read_value "$1"; then
        return
    fi
    quote "${1#"$device"/}"
    printf '%s{%s:' "$separator_of_objects" "$quoted"
    quote "$value"
    printf '%s}' "$quoted"
    separator_of_objects=,
}

get_attributes() {
    separator_of_objects=
    printf '['
    for entry in "$device"/*; do
        if is_of_tree "${entry##*/}"; then
            continue
        fi
        if [ -d "$entry" ]; then
            # A group of attributes.
            for file in "$entry"/*; do
                print_attribute "$file"
            done
        else
            print_attribute "$entry"
        fi
    done
    echo ']'
}

# write_value NAME VALUE: in one write, by a program that tells the errno's text. Sets reason to it where that fails.
write_value() {
    # An empty value needs a write too.
    reason=$({ printf '%s\n' "$2" | cat > "$device/$1"; } 2>&1) && return
    reason=${reason##*: }
    return 1
}

# take_back: undoes all changes, the last one first.
take_back() {
    while [ -n "$undo" ]; do
        # Names of shell variables: old_3 holds the old value of what name_3 names.
        number=${undo%% *} undo=${undo#* }
        eval "name=\$name_$number value=\$old_$number readable=\$readable_$number"
        if [ -z "$readable" ] || ! write_value "$name" "$value"; then
            left="$left $name"
        fi
    done
}

live_modify() {
    json=$(cat)
    count=0
    while next_string; do
        case $string in
            attrs)
                while next_string; do
                    case $skipped in *]*) break ;; esac
                    count=$((count + 1))
                    name=$string
                    next_string || fail "the attribute $name has no value"
                    eval "name_$count=\$name value_$count=\$string"
                    case /$name/ in
                        *//* | */../* | */./*) fail "$name is not a name of an attribute" ;;
                    esac
                    if is_of_tree "$name" || [ ! -f "$device/$name" ]; then
                        fail "this device has no attribute $name"
                    fi
                done
                break ;;
            *) next_string || break ;;
        esac
    done

    number=1 undo='' left=''
    while [ $number -le $count ]; do
        new=
        eval "name=\$name_$number new=\$value_$number"
        readable=
        if read_value "$device/$name"; then readable=yes; fi
        eval "old_$number=\$value readable_$number=\$readable"
        if ! write_value "$name" "$new"; then
            failed="$name did not take '$new': $reason"
            take_back
            [ -z "$left" ] || fail "$failed; everything else is as before, but this cannot be taken back:$left"
            fail "$failed; everything is as before"
        fi
        undo="$number $undo"
        number=$((number + 1))
    done
}

type='' event='' action='' uuid='' parent=''
while getopts t:e:a:s:u:p: option; do
    case $option in
        t) type=$OPTARG ;;
        e) event=$OPTARG ;;
        a) action=$OPTARG ;;
        u) uuid=$OPTARG ;;
        p) parent=$OPTARG ;;
        *) ;;
    esac
done
parent_folder=${MDEVCTL_ENV_ROOT-}/sys/class/mdev_bus/$parent
device=$parent_folder/$uuid
if [ -z "$parent" ] || [ ! -d "$parent_folder/mdev_supported_types/$type" ]; then
    exit 2
fi

case $event/$action in
    get/capabilities) get_capabilities ;;
    get/attributes) get_attributes ;;
    live/modify) live_modify ;;
    *) ;;
esac
