#compdef dotnet-mdev
# Completes "dotnet-mdev ..." and "dotnet mdev ..."; source it after compinit, or put it as _dotnet-mdev into $fpath.
_dotnet_mdev() {
    local -a arguments candidates
    arguments=("${(@)words[2,CURRENT]}")
    [[ ${words[1]:t} == dotnet && ${arguments[1]} == mdev ]] && arguments=("${(@)arguments[2,-1]}")
    candidates=("${(@f)$(dotnet-mdev complete "${(@)arguments}" 2>/dev/null)}")
    compadd -a candidates
}

# "dotnet" keeps the completion it has for its other commands.
(( ${+_dotnet_mdev_before} )) || typeset -g _dotnet_mdev_before=${_comps[dotnet]-}
_dotnet_with_mdev() {
    if (( CURRENT > 2 )) && [[ ${words[2]} == mdev ]]; then
        _dotnet_mdev
    elif [[ -n $_dotnet_mdev_before ]]; then
        $_dotnet_mdev_before "$@"
    fi
}
compdef _dotnet_mdev dotnet-mdev
compdef _dotnet_with_mdev dotnet
