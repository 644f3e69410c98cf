using Mdev.Sdk.Bridge.Tree;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Tree.Tests;

/// <summary>A tree of its own below a fresh folder, with what parents a test needs.</summary>
internal sealed class TestTree : IDisposable
{
    private readonly string _folder = NewFolder();
    private readonly MdevTree _tree;

    public TestTree(params MdevParent[] parents)
    {
        Environment.SetEnvironmentVariable("MDEV_CONFIG_DIR", Path.Combine(_folder, "definitions"));
        _tree = new MdevTree(Root, NullLogger.Instance);
        Bus = new MdevBus([User, _tree]);
        _tree.Attach(Bus);
        foreach (MdevParent parent in parents)
        {
            Bus.Register(parent);
            _tree.Publish(parent);
        }
    }

    /// <summary>The folders that trees of this process were made in.</summary>
    public static List<string> Folders { get; } = [];

    public string Root => Path.Combine(_folder, "root");

    public TestUser User { get; } = new();

    public MdevBus Bus { get; }

    public MdevTree Tree => _tree;

    public string Sysfs(string path) => Path.Combine(Root, "sys", path);

    public string Parent(string parent, string path = "") => Path.Combine(Root, "sys/class/mdev_bus", parent, path);

    public string Type(string id, string path) => Parent(id[..id.IndexOf('-', StringComparison.Ordinal)], $"mdev_supported_types/{id}/{path}");

    public string Instance(Guid uuid, string path = "") => Path.Combine(Root, "sys/bus/mdev/devices", uuid.ToString(), path);

    public Guid Create(string type)
    {
        var uuid = Guid.NewGuid();
        Assert.Equal("ok 36", Sys.Write(Type(type, "create"), uuid.ToString()));
        return uuid;
    }

    /// <summary>The mounts in folders of this process; other tests may run on this machine.</summary>
    public static string[] Mounts() =>
        [.. File.ReadLines("/proc/self/mountinfo").Where(line => Folders.Exists(folder => line.Contains(folder, StringComparison.Ordinal)))];

    public static string NewFolder()
    {
        string folder = Directory.CreateTempSubdirectory("t").FullName;
        Folders.Add(folder + "/");
        return folder;
    }

    public void Dispose()
    {
        foreach (MdevInstance instance in Bus.Instances)
            Bus.Remove(instance.Uuid);
        _tree.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
