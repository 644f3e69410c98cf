using System.Diagnostics;
using Mdev.Tool.Tests.Doctor;

namespace Mdev.Tool.Tests.Verbs;

/// <summary><c>mdevctl</c>, unmodified, where the tree is in namespaces of the host process' own.</summary>
public sealed class NamespaceTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly Ward _ward = new();

    public void Dispose()
    {
        _workplace.Dispose();
        _ward.Dispose();
    }

    [NeedsFact(Need.Namespaces, Need.Fuse, Need.Mdevctl)]
    public void Mdevctl_runs_where_the_tree_is()
    {
        Prepare();
        _workplace.StartHiddenHost();
        Assert.False(Directory.Exists(Path.Combine(_workplace.Runtime, "root/sys/class/mdev_bus/mtty/mdev_supported_types")));

        Ran types = Mdevctl("types");
        Assert.True(types.Status == 0, types.ToString());
        Assert.StartsWith("mtty\n  mtty-1\n    Available instances: 24\n", types.Output, StringComparison.Ordinal);

        Assert.Equal(new Ran(0, "", ""), Mdevctl("start", "-u", Workplace.One, "-p", "mtty", "-t", "mtty-1"));
        string line = $"{Workplace.One} mtty mtty-1 manual";
        Assert.Equal(new Ran(0, $"{line}\n", ""), Mdevctl("list"));
        Assert.Equal($"{line}\n", _workplace.Succeed("list"));

        // Definitions are the caller's, whichever namespace they are written from.
        Assert.Equal(new Ran(0, "", ""), Mdevctl("define", "-u", Workplace.One));
        Assert.True(File.Exists(_workplace.DefinitionOf(Workplace.One)));
        Assert.Equal(new Ran(0, "", ""), Mdevctl("stop", "-u", Workplace.One));
        Assert.Equal(new Ran(0, "", ""), Mdevctl("list"));
    }

    [NeedsFact(Need.Namespaces, Need.Fuse, Need.Mdevctl)]
    public void Parents_that_cannot_be_seen_from_there_are_named()
    {
        Prepare();
        int process = _workplace.StartHiddenHost().Process;
        _workplace.StartMatrixHost();

        // mdevctl finds a parent without its files, and gives up.
        Ran types = Mdevctl("types");
        Assert.StartsWith(
            $"dotnet-mdev: warning: mdevctl runs in process {process}'s namespace, where the files of vfio_ap are not; the verbs of dotnet mdev need none.\n",
            types.Error, StringComparison.Ordinal);
        Assert.Contains("vfio_ap-passthrough", _workplace.Succeed("types"), StringComparison.Ordinal);
        Assert.Contains("mtty-1", _workplace.Succeed("types"), StringComparison.Ordinal);
    }

    // Not by lab/tool itself, which would find this one on its path.
    private void Prepare()
    {
        using Process lab = Process.Start(new ProcessStartInfo(Repository.PathOf("lab/tool"), ["--command", "mdevctl"]) { RedirectStandardOutput = true })!;
        string[] words = lab.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lab.WaitForExit();
        _ward.Install("mdevctl", $"exec {string.Join(' ', words.Select(word => $"'{word}'"))} \"$@\"");
    }

    private Ran Mdevctl(params string[] arguments) => _workplace.RunWith(
        new Dictionary<string, string> { ["PATH"] = $"{_ward.Programs}:{Environment.GetEnvironmentVariable("PATH")}" },
        ["mdevctl", .. arguments]);
}
