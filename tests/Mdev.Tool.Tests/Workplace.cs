using System.Diagnostics;
using System.Reflection;
using Mtty.Tests;

namespace Mdev.Tool.Tests;

/// <summary>A runtime directory and definitions of a test's own, the sample's process and the tool's.</summary>
internal sealed class Workplace : IDisposable
{
    public const string One = "83b8f4f2-509f-382f-3c1e-000000000001", Two = "83b8f4f2-509f-382f-3c1e-000000000002";

    public static readonly string ToolPath = Metadata("Tool");

    private static readonly string s_devices = Metadata("Devices");

    private readonly List<MttyProcess> _hosts = [];
    private readonly List<RunningProcess> _others = [];

    // A name as short as can be, as a socket's path has 107 bytes.
    public Workplace()
        : this(Directory.CreateTempSubdirectory("mt").FullName)
    {
    }

    public Workplace(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(Runtime, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Folder { get; }

    public string Runtime => Path.Combine(Folder, "r");

    public string Definitions => Path.Combine(Folder, "d");

    public string this[string name] => Path.Combine(Folder, name);

    public string DefinitionOf(string uuid, string parent = "mtty") => Path.Combine(Definitions, parent, uuid);

    public string SocketOf(string uuid) => Path.Combine(Runtime, $"{uuid}.sock");

    /// <summary>Starts the sample with a managed parent, or as the arguments say, and waits until it is ready.</summary>
    public MttyProcess StartHost(params string[] arguments) => StartHostWithin("", arguments.Length == 0 ? ["--manage"] : arguments);

    /// <summary>Starts it in user and mount namespaces of its own, as somebody does who may not mount: its tree is to be seen there alone.</summary>
    public MttyProcess StartHiddenHost() => StartHostWithin("unshare -Ur -m", ["--manage"]);

    /// <summary>Starts a host program whose device is all attributes, in the manner of the kernel's vfio-ap, and waits until it is ready.</summary>
    public RunningProcess StartMatrixHost()
    {
        RunningProcess host = new(Describe(s_devices, ["ap", "--manage"]));
        _others.Add(host);
        host.WaitFor("ready ");
        return host;
    }

    /// <summary>Runs the tool and waits for its end.</summary>
    public Ran Run(params string[] arguments) => RunWith(new Dictionary<string, string>(), arguments);

    /// <summary>Runs the tool with more in its environment.</summary>
    public Ran RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = Describe(ToolPath, arguments);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using RunningProcess process = new(start);
        return process.WaitForExit();
    }

    /// <summary>Runs a shell script, where <c>"$@"</c> is the tool with these arguments.</summary>
    public Ran Shell(string script, params string[] arguments)
    {
        using RunningProcess process = new(Describe("bash", ["-c", script, "bash", ToolPath, .. arguments]));
        return process.WaitForExit();
    }

    /// <summary>Starts the tool.</summary>
    public RunningProcess Start(params string[] arguments) => new(Describe(ToolPath, arguments));

    /// <summary>Runs the tool, which must succeed and say nothing on standard error.</summary>
    /// <returns>What it prints.</returns>
    public string Succeed(params string[] arguments)
    {
        Ran ran = Run(arguments);
        Assert.True(ran is { Status: 0, Error: "" }, $"dotnet mdev {string.Join(' ', arguments)}: {ran}");
        return ran.Output;
    }

    /// <summary>Runs the tool, which must fail with one line on standard error.</summary>
    /// <returns>The line.</returns>
    public string Refuse(int status, params string[] arguments)
    {
        Ran ran = Run(arguments);
        Assert.True(ran.Status == status && ran.Output.Length == 0, $"dotnet mdev {string.Join(' ', arguments)}: {ran}");
        return Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Writes a definition as somebody does by hand.</summary>
    public void WriteDefinition(string uuid, string text, string parent = "mtty")
    {
        Directory.CreateDirectory(Path.Combine(Definitions, parent));
        File.WriteAllText(DefinitionOf(uuid, parent), text);
    }

    public void Dispose()
    {
        // By SIGTERM, so that a tree that a host has mounted here is gone before the folder is.
        foreach (MttyProcess host in _hosts)
        {
            if (!host.HasExited)
            {
                host.Signal(Libc.SIGTERM);
                host.WaitForExit();
            }
            host.Dispose();
        }
        foreach (RunningProcess other in _others)
        {
            if (!other.HasExited)
            {
                other.Signal(Libc.SIGTERM);
                other.WaitForExit();
            }
            other.Dispose();
        }

        // What a killed host has mounted here.
        Run("doctor", "--fix");
        Directory.Delete(Folder, recursive: true);
    }

    private MttyProcess StartHostWithin(string within, string[] arguments)
    {
        string environment = $"export MDEV_RUNTIME_DIR={Quote(Runtime)} MDEV_CONFIG_DIR={Quote(Definitions)}";
        MttyProcess host = MttyProcess.WaitUntilReady(MttyProcess.StartByShell($"{environment}; exec {within} \"$@\"", arguments));
        _hosts.Add(host);
        return host;
    }

    private static string Metadata(string key) => typeof(Workplace).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private ProcessStartInfo Describe(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["MDEV_RUNTIME_DIR"] = Runtime;
        start.Environment["MDEV_CONFIG_DIR"] = Definitions;
        return start;
    }
}
