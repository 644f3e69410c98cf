using System.Net.Sockets;
using System.Text;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Doctor;
using Mdev.Tool.Doctor.Checks;

namespace Mdev.Tool.Tests.Doctor;

/// <summary>Each check, where it fires and where it does not.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly Ward _ward = new();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public async Task Runtime_directory()
    {
        var check = new RuntimeDirectoryCheck();
        Assert.StartsWith("o the runtime directory is", await Only(check, _ward.Patient), StringComparison.Ordinal);

        File.SetUnixFileMode(_ward.Runtime, (UnixFileMode)0b111_111_111);
        Assert.StartsWith("w others may write to", await Only(check, _ward.Patient), StringComparison.Ordinal);
        Assert.StartsWith("w the runtime directory", await Only(check, _ward.Patient with { RuntimeDirectory = _ward["absent/x"] }), StringComparison.Ordinal);
        File.WriteAllText(_ward["file"], "");
        Assert.Contains("is a file", await Only(check, _ward.Patient with { RuntimeDirectory = _ward["file"] }), StringComparison.Ordinal);
        Assert.StartsWith("p the runtime directory /proc/self/x", await Only(check, _ward.Patient with { RuntimeDirectory = "/proc/self/x" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(62, 'w')] // does not exist, which is no problem of length
    [InlineData(63, 'p')]
    public async Task Paths_of_sockets_that_are_too_long(int length, char level)
    {
        string directory = ("/tmp/" + new string('x', 200))[..length];
        string found = await Only(new RuntimeDirectoryCheck(), _ward.Patient with { RuntimeDirectory = directory });
        Assert.Equal(level, found[0]);
        Assert.Equal(level == 'p', found.Contains("paths of 108 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stale_sockets()
    {
        var check = new LeftoversCheck();
        Assert.Equal("o no host process has left sockets or mounts behind", await Only(check, _ward.Patient));

        string path = Path.Combine(_ward.Runtime, "mtty.control");
        using (var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Bound to another name and moved, so that it is left when the socket goes.
            listener.Bind(new UnixDomainSocketEndPoint(_ward["s"]));
            listener.Listen();
            File.Move(_ward["s"], path);
            Assert.Equal("o no host process has left sockets or mounts behind", await Only(check, _ward.Patient));
        }
        Assert.StartsWith($"w nobody listens on {path}", await Only(check, _ward.Patient), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_that_do_not_answer()
    {
        var check = new HostsCheck();
        Assert.Equal("o 2 parents (a, b), 0 active devices", await Only(check, _ward.Patient with { Parents = ["a", "b"] }));
        Assert.StartsWith("p ETIMEDOUT: x", await Only(check, _ward.Patient with { SilentHosts = ["ETIMEDOUT: x"] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sockets_that_libvirt_may_not_open()
    {
        string socket = Path.Combine(_ward.Runtime, "x.sock");
        File.WriteAllText(socket, "");
        Patient patient = _ward.Patient with { Instances = [Ward.Instance(new ServingInfo(socket))] };
        var check = new SocketPermissionCheck();
        Assert.Equal(["o you may open the devices' sockets"], await Ward.FindAsync(check, patient));
        Assert.Empty(await Ward.FindAsync(check, _ward.Patient));

        File.WriteAllText(patient.Users, "root:x:0:0::/root:/bin/sh\nlibvirt-qemu:x:64055:994::/var/lib/libvirt:/usr/sbin/nologin\n");
        File.WriteAllText(patient.Groups, "kvm:x:994:\nwheel:x:10:libvirt-qemu\n");
        string[] found = await Ward.FindAsync(check, patient);
        Assert.StartsWith("w libvirt's user libvirt-qemu may not open", found[1], StringComparison.Ordinal);
        Assert.Contains(_ward.Folder, found[1], StringComparison.Ordinal);

        foreach (string path in (string[])[_ward.Folder, _ward.Runtime, socket])
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        Assert.StartsWith("o libvirt's user libvirt-qemu may open", (await Ward.FindAsync(check, patient))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true, "p there is no QEMU")]
    [InlineData("7.2.22", true, "p * is QEMU 7.2.22, which has no vfio-user-pci")]
    [InlineData("10.0.7", true, "p * is QEMU 10.0.7, which has no vfio-user-pci")]
    [InlineData("10.1.0", true, "w * is QEMU 10.1.0, the first")]
    [InlineData("10.1.1", true, "o * is QEMU 10.1.1 and has vfio-user-pci")]
    [InlineData("11.1.3", true, "o * is QEMU 11.1.3 and has vfio-user-pci")]
    [InlineData("11.1.3", false, "p * is QEMU 11.1.3, built without vfio-user-pci")]
    [InlineData("nonsense", true, "p * does not tell its version")]
    public async Task Qemu(string? version, bool hasVfioUser, string expected)
    {
        if (version is not null)
            _ward.InstallQemu(version, hasVfioUser);
        string found = await Only(new QemuCheck(), _ward.Patient);
        Assert.StartsWith(expected.Replace("*", Path.Combine(_ward.Programs, "qemu-system-x86_64"), StringComparison.Ordinal), found, StringComparison.Ordinal);
        Assert.StartsWith("p /nowhere/qemu does not tell", await Only(new QemuCheck(), _ward.Patient with { Qemu = "/nowhere/qemu" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1ul << 29, 0ul, null, 'o')]
    [InlineData(0ul, 1ul << 29, null, 'p')]
    [InlineData(1ul << 29, 1ul << 29, null, 'w')]
    [InlineData(0ul, 0ul, "qemu\0-m\0512M\0", 'p')]
    [InlineData(0ul, 0ul, "qemu\0-object\0memory-backend-memfd,id=m,size=1G,share=on\0", 'o')]
    [InlineData(0ul, 0ul, "cloud-hypervisor\0--memory\0size=1G,shared=on\0", 'o')]
    [InlineData(0ul, 0ul, null, 'o')]
    public async Task Memory_that_is_not_shared(ulong shared, ulong unshared, string? commandLine, char level)
    {
        if (commandLine is not null)
        {
            Directory.CreateDirectory(_ward["proc/77"]);
            File.WriteAllBytes(_ward["proc/77/cmdline"], Encoding.UTF8.GetBytes(commandLine));
        }
        var serving = new ServingInfo("/s", "qemu, process 77", 77, SharedMemory: shared, UnsharedMemory: unshared);
        string found = await Only(new SharedMemoryCheck(), _ward.Patient with { Instances = [Ward.Instance(serving)] });
        Assert.Equal(level, found[0]);
        Assert.Equal(level != 'o', found.Contains("share=on", StringComparison.Ordinal));
        Assert.Empty(await Ward.FindAsync(new SharedMemoryCheck(), _ward.Patient with { Instances = [Ward.Instance(new ServingInfo("/s"))] }));
    }

    [Theory]
    [InlineData("11.1.3", true, "w device 83b8f4f2-509f-382f-3c1e-000000000001 has MSI-X")]
    [InlineData("11.1.3", false, null)]
    [InlineData("10.1.2", true, "o QEMU 10.1.2 can unplug")]
    [InlineData(null, true, null)]
    public async Task Unplugging_with_msix(string? version, bool hasMsix, string? expected)
    {
        if (version is not null)
            _ward.InstallQemu(version);
        Patient patient = _ward.Patient with { Instances = [Ward.Instance(new ServingInfo("/s", HasMsix: hasMsix))] };
        string[] found = await Ward.FindAsync(new UnplugCheck(), patient);
        if (expected is null)
            Assert.Empty(found);
        else
            Assert.StartsWith(expected, Assert.Single(found), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qemu-system-x86_64, process 77", true)]
    [InlineData("cloud-hypervisor, process 77", false)]
    [InlineData(null, false)]
    public async Task Migration_that_qemu_loses(string? client, bool fires)
    {
        Patient patient = _ward.Patient with { Instances = [Ward.Instance(new ServingInfo("/s", client))] };
        string[] found = await Ward.FindAsync(new MigrationCheck(), patient);
        Assert.Equal(fires, found is [var one] && one.StartsWith("w qemu-system-x86_64, process 77 must not be migrated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fuse()
    {
        var check = new FuseCheck();
        Assert.Contains("modprobe fuse", await Only(check, _ward.Patient), StringComparison.Ordinal);
        File.WriteAllText(_ward["fuse"], "");
        Assert.StartsWith("o ", await Only(check, _ward.Patient), StringComparison.Ordinal);
        Assert.StartsWith("w fusermount3 is missing", await Only(check, _ward.Patient with { IsPrivileged = false }), StringComparison.Ordinal);
        _ward.Install("fusermount3", "");
        Assert.StartsWith("o ", await Only(check, _ward.Patient with { IsPrivileged = false }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fuse_that_may_not_be_opened()
    {
        // A file without a bit for writing, on which root's privileges do not count.
        const string ReadOnly = "/proc/sys/kernel/ostype";
        string found = await Only(new FuseCheck(), _ward.Patient with { FuseDevice = ReadOnly });
        Assert.StartsWith($"w you may not open {ReadOnly}", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuse()
    {
        var check = new CuseCheck();
        Assert.Contains("modprobe cuse", await Only(check, _ward.Patient), StringComparison.Ordinal);
        File.WriteAllText(_ward["cuse"], "");
        Assert.StartsWith("o ", await Only(check, _ward.Patient), StringComparison.Ordinal);
        Assert.StartsWith(
            "w you may not open", await Only(check, _ward.Patient with { CuseDevice = "/proc/sys/kernel/ostype" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "w mdevctl is not installed")]
    [InlineData("mdevctl 1.2.0", "w * is mdevctl 1.2, which knows only the kernel's tree")]
    [InlineData("mdevctl 1.3.0", "o * is mdevctl 1.3")]
    [InlineData("mdevctl 1.4.0", "o * is mdevctl 1.4")]
    [InlineData("hello", "w * does not tell its version")]
    public async Task Mdevctl(string? says, string expected)
    {
        if (says is not null)
            _ward.Install("mdevctl", $"echo '{says}'");
        string found = await Only(new MdevctlCheck(), _ward.Patient);
        Assert.StartsWith(expected.Replace("*", Path.Combine(_ward.Programs, "mdevctl"), StringComparison.Ordinal), found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Definitions()
    {
        var check = new DefinitionsCheck();
        Assert.StartsWith("o 0 device(s) defined", await Only(check, _ward.Patient), StringComparison.Ordinal);

        DefinitionStore store = _ward.Patient.Definitions;
        store.Add(new Definition("mtty", new Guid(Workplace.One), "mtty-1"));
        Patient patient = _ward.Patient with { Parents = ["mtty"], Types = [new TypeInfo("mtty", "mtty-1", 24, "vfio-pci", "")] };
        Assert.StartsWith("o 1 device(s) defined", await Only(check, patient), StringComparison.Ordinal);
        Assert.StartsWith("w parent mtty, under which 1 device(s)", await Only(check, _ward.Patient), StringComparison.Ordinal);
        Assert.StartsWith($"p device {Workplace.One} is defined as a mtty-1, which parent mtty does not offer", await Only(check, patient with { Types = [] }), StringComparison.Ordinal);

        File.WriteAllText(store.PathOf("mtty", new Guid(Workplace.Two)), "{\n}");
        Assert.StartsWith($"p {store.PathOf("mtty", new Guid(Workplace.Two))}, line 2: ", await Only(check, patient), StringComparison.Ordinal);
    }

    private static async Task<string> Only(ICheck check, Patient patient) => Assert.Single(await Ward.FindAsync(check, patient));
}
