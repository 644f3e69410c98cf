# Completes "dotnet-mdev ..." and "dotnet mdev ..."; put it into ~/.config/fish/completions/dotnet-mdev.fish.
function __dotnet_mdev
    set -l words (commandline -opc) (commandline -ct)
    set -e words[1]
    if test "$words[1]" = mdev
        set -e words[1]
    end
    dotnet-mdev complete $words 2>/dev/null
end
complete -c dotnet-mdev -f -a '(__dotnet_mdev)'
complete -c dotnet -n '__fish_seen_subcommand_from mdev' -f -a '(__dotnet_mdev)'
