using System.Diagnostics;

namespace Mdev.Tree.Tests.Tools;

/// <summary>Host process and tools of a user without any rights, in a user namespace of his own.</summary>
public sealed class UnprivilegedTests : IDisposable
{
    private const string First = "83b8f4f2-509f-382f-3c1e-e6bfe0fa3001", Second = "83b8f4f2-509f-382f-3c1e-e6bfe0fa3002",
        Third = "83b8f4f2-509f-382f-3c1e-e6bfe0fa3003";

    // The host's standard input stays open as long as the session lasts.
    private const string Session = $$"""
        cd "$folder" || exit 1
        export MDEV_CONFIG_DIR="$folder/definitions" MDEVCTL_ENV_ROOT="$folder/root" HOME="$folder" RUST_BACKTRACE=0
        mkfifo input ready
        "$dotnet" exec "$host" host "$folder/root" {{First}} < input > ready &
        exec 4> input
        read -r answer < ready
        echo "$answer"
        say() (
            echo "\$ $*"
            "$tool" "$@" 2>&1
            echo "-> $?"
        )
        pci="-O sysfs.path=$folder/root/sys/bus/pci"
        say mdevctl types
        say mdevctl start -u {{Second}} -p mtty -t mtty-2
        say mdevctl start -u {{Second}} -p mtty -t mtty-2
        say mdevctl define -a -u {{Third}} -p mtty -t mtty-1
        say mdevctl start-parent-mdevs mtty
        say mdevctl list
        say mdevctl list --dumpjson
        say mdevctl stop -u {{First}}
        say mdevctl list -d
        say mdevctl undefine -u {{Third}}
        say mdevctl modify -u {{Second}} -a
        pci_say() (
            echo "\$ $*"
            name=$1
            shift
            "$tool" $name $pci "$@" 2> /dev/null
            echo "-> $?"
        )
        pci_say lspci -nn -D
        pci_say setpci -s 10000:00:01.0 BASE_ADDRESS_0=c000 COMMAND=1
        pci_say setpci -s 10000:00:01.0 BASE_ADDRESS_0 COMMAND
        pci_say lspci -vvv -xxx -D
        exec 4>&-
        wait
        echo "$?"
        ls root/sys/class/mdev_bus root/sys/bus/mdev/devices
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("u").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Whoever is not root sees the same by all the other tests.
    [ToolFact(Need.Root, Need.Namespaces)]
    public void Without_rights_everything_is_as_with_them()
    {
        string privileged = Run("by-root", "MDEV_LAB_DIR=$lab exec sh \"$session\"");

        // /dev/fuse is everybody's on most machines, but not on all; and tools of the lab may lie in root's home.
        string unprivileged = Run("by-user", """
            mknod "$folder.fuse" c 10 229 && chmod 666 "$folder.fuse" && mount --bind "$folder.fuse" /dev/fuse || exit 1
            for each in "$lab"/tools-*; do
                mkdir -p "$folder.lab/${each##*/}" && mount --bind "$each" "$folder.lab/${each##*/}" || exit 1
            done
            chown 1000:1000 "$folder"
            export MDEV_LAB_DIR="$folder.lab"
            exec setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs unshare -Ur -m sh "$session"
            """);
        Assert.Equal(privileged, unprivileged);
        Assert.Contains($"{Second} mtty mtty-2 manual\n{Third} mtty mtty-1 auto (defined)\n", unprivileged, StringComparison.Ordinal);
        Assert.Contains("BASE_ADDRESS_0 COMMAND\n0000c001\n0001\n-> 0\n", unprivileged, StringComparison.Ordinal);
    }

    private string Run(string name, string script)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        string session = Path.Combine(_folder, "session");
        File.WriteAllText(session, Session);
        using Process process = Process.Start(new ProcessStartInfo("unshare", ["-m", "sh", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["folder"] = folder,
                ["session"] = session,
                ["dotnet"] = Environment.ProcessPath,
                ["host"] = typeof(Program).Assembly.Location,
                ["tool"] = Repository.PathOf("lab/tool"),
                ["lab"] = LabFolder,
            },
        })!;
        Said said = Tool.Finish(process);
        Assert.True(said.Output.Length > 1000, said.Error);
        return said.Output.Replace(folder, "FOLDER", StringComparison.Ordinal);
    }

    // As lab/common has it.
    private static string LabFolder => Environment.GetEnvironmentVariable("MDEV_LAB_DIR") is { Length: > 0 } own ? own
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "mdev-lab");
}
