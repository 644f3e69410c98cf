using System.Diagnostics;

namespace Mdev.Tree.Tests.Tools;

/// <summary>Runs the tools, unmodified, on a tree.</summary>
/// <param name="root">What mdevctl gets as MDEVCTL_ENV_ROOT.</param>
internal sealed class Tool(string root)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public Said Mdevctl(params string[] arguments) => Run("mdevctl", arguments);

    public Said Lspci(params string[] arguments) => Run("lspci", ["-O", $"sysfs.path={root}/sys/bus/pci", .. arguments]);

    public Said Setpci(params string[] arguments) => Run("setpci", ["-O", $"sysfs.path={root}/sys/bus/pci", .. arguments]);

    public Said Run(string tool, params string[] arguments)
    {
        using Process process = Start(tool, arguments);
        return Finish(process);
    }

    public Process Start(string tool, params string[] arguments) => Process.Start(new ProcessStartInfo(Repository.PathOf("lab/tool"), [tool, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["MDEVCTL_ENV_ROOT"] = root, ["RUST_BACKTRACE"] = "0" },
    })!;

    /// <summary>Reads what a process says until it ends.</summary>
    public static Said Finish(Process process)
    {
        // On a thread of its own, as a tool that fills one pipe waits there for as long as only the other is read.
        string error = "";
        var reader = new Thread(() => error = process.StandardError.ReadToEnd());
        reader.Start();
        string output = process.StandardOutput.ReadToEnd();
        reader.Join();
        Assert.True(process.WaitForExit(s_patience), "The tool has closed its output, but does not end.");

        // Of the machine, not of the tree: it has no modules of the kernel it runs.
        error = error.Replace("lspci: Unable to load libkmod resources: error -2\n", "", StringComparison.Ordinal);
        return new Said(process.ExitCode, output, error);
    }
}
