using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Doctor;

namespace Mdev.Tool.Tests.Doctor;

/// <summary>A machine of a test's own for the doctor: folders, programs that answer as they are told, users.</summary>
internal sealed class Ward : IDisposable
{
    public Ward()
    {
        Folder = Directory.CreateTempSubdirectory("md").FullName;
        Directory.CreateDirectory(Runtime, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Programs);
    }

    public string Folder { get; }

    public string Runtime => Path.Combine(Folder, "r");

    public string Programs => Path.Combine(Folder, "bin");

    public string this[string name] => Path.Combine(Folder, name);

    public Patient Patient => new()
    {
        RuntimeDirectory = Runtime,
        Definitions = new DefinitionStore(this["d"]),
        SearchPath = Programs,
        FuseDevice = this["fuse"],
        CuseDevice = this["cuse"],
        Processes = this["proc"],
        Users = this["passwd"],
        Groups = this["group"],
        IsPrivileged = true,
    };

    public static InstanceInfo Instance(ServingInfo? serving, string uuid = Workplace.One) => new(new Guid(uuid), "mtty-1", "mtty", "vfio-pci", serving);

    /// <summary>What a check finds: a letter for the level (o, w, p) and the text.</summary>
    public static async Task<string[]> FindAsync(ICheck check, Patient patient) =>
        [.. (await check.RunAsync(patient, CancellationToken.None)).Select(f => $"{char.ToLowerInvariant(f.Level.ToString()[0])} {f.Text}")];

    /// <summary>Puts a program on the search path.</summary>
    public void Install(string name, string script)
    {
        string path = Path.Combine(Programs, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Puts a QEMU on the search path.</summary>
    public void InstallQemu(string version, bool hasVfioUser = true) => Install("qemu-system-x86_64",
        $"case \"$1\" in --version) echo 'QEMU emulator version {version} (Debian 1:{version}+ds-1)';; *) {(hasVfioUser ? "echo 'vfio-user-pci options:'; echo '  socket=<SocketAddress>'" : "echo \"Device 'vfio-user-pci' not found\" >&2; exit 1")};; esac");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
