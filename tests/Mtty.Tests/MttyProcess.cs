using System.Diagnostics;

namespace Mtty.Tests;

/// <summary>The sample program as a user starts it.</summary>
internal sealed class MttyProcess : SampleProcess
{
    private MttyProcess(ProcessStartInfo start)
        : base(start)
    {
    }

    /// <summary>Starts it and waits for the ready line.</summary>
    public static MttyProcess StartReady(params string[] arguments) => WaitUntilReady(Start(arguments));

    /// <summary>Starts it.</summary>
    public static MttyProcess Start(params string[] arguments) => new(new ProcessStartInfo(Paths.Mtty, arguments));

    /// <summary>Starts it by a shell, where <c>"$@"</c> is the program with its arguments.</summary>
    public static MttyProcess StartByShell(string script, params string[] arguments) =>
        new(new ProcessStartInfo("bash", ["-c", script, "bash", Paths.Mtty, .. arguments]));

    /// <summary>Starts it with a folder for its sockets.</summary>
    public static MttyProcess StartIn(string runtimeDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Paths.Mtty, arguments);
        start.Environment["MDEV_RUNTIME_DIR"] = runtimeDirectory;
        return new MttyProcess(start);
    }

    /// <summary>Waits for the ready line.</summary>
    public static MttyProcess WaitUntilReady(MttyProcess process) => AwaitReady(process);
}
