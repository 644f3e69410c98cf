# Completes "dotnet-mdev ..." and "dotnet mdev ..."; source it, or put it where bash-completion looks for dotnet-mdev.
_dotnet_mdev() {
    # Not COMP_WORDS, which is cut at the colons of a PCI address.
    local line=${COMP_LINE:0:COMP_POINT} words last before candidate
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    words=("${words[@]:1}")
    [[ ${words[0]-} == mdev ]] && words=("${words[@]:1}")
    last=${words[-1]-}
    before=${last%"${last##*[:=]}"}
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("${candidate#"$before"}")
    done < <(dotnet-mdev complete "${words[@]}" 2>/dev/null)
}

# "dotnet" keeps the completion it has for its other commands.
_dotnet_with_mdev() {
    if [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} == mdev ]]; then
        _dotnet_mdev
    elif [[ -n $_dotnet_mdev_before ]]; then
        "$_dotnet_mdev_before" "$@"
    fi
}
if [[ -z ${_dotnet_mdev_before+set} ]]; then
    _dotnet_mdev_before=$(complete -p dotnet 2>/dev/null | sed -n 's/.* -F \([^ ]*\) .*/\1/p')
fi
complete -F _dotnet_mdev dotnet-mdev
complete -o default -F _dotnet_with_mdev dotnet
