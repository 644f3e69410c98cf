using System.Diagnostics;

namespace Mdev.Bridge.Tests;

/// <summary>The bridge of a user without any rights, in a user namespace of his own.</summary>
public sealed class UnprivilegedTests : IDisposable
{
    private const string Uuid = "83b8f4f2-509f-382f-3c1e-e6bfe0fa4001";

    // /dev/fuse is everybody's on most machines, but not on all.
    private const string Script = """
        mknod "$folder.fuse" c 10 229 && chmod 666 "$folder.fuse" && mount --bind "$folder.fuse" /dev/fuse || exit 1
        chown 1000:1000 "$folder"
        exec setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs unshare -Ur -m sh -c "$session"
        """;

    private const string Session = $"""
        cd "$folder" || exit 1
        export MDEV_RUNTIME_DIR="$folder/r" HOME="$folder"
        mkfifo ready
        "$program" mq --bridge fuse --uuid {Uuid} > ready &
        host=$!
        read -r said < ready
        head -c 4 r/bridge/{Uuid}/regions/7 | od -A n -t x1
        echo hello > r/bridge/{Uuid}/mq-83b8f4f2 && dd if=r/bridge/{Uuid}/regions/0 bs=4 skip=5 count=1 2> /dev/null
        echo
        kill $host
        wait $host
        echo "status $?"
        ls r/bridge
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("mdev-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [NeedsFact(Need.Fuse, Need.Root, Need.Namespaces)]
    public void Without_rights_a_device_is_a_folder_too_and_nothing_is_left()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        using Process process = Process.Start(new ProcessStartInfo("unshare", ["-m", "sh", "-c", Script])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["folder"] = Directory.CreateDirectory(Path.Combine(_directory, "user")).FullName,
                ["session"] = Session,
                ["program"] = Path.Combine(AppContext.BaseDirectory, "Mdev.Devices"),
            },
        })!;
        Assert.Equal(" 34 12 51 4d\nhell\nstatus 0\n", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
