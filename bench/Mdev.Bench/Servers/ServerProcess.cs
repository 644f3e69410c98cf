using System.Diagnostics;
using System.Globalization;
using Mdev.Bench.Interop;
using Mdev.Bench.Measuring;

namespace Mdev.Bench.Servers;

/// <summary>A server as a process of its own, ready.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private string _lastWords = "it said nothing";

    private ServerProcess(string program, string socket, params IEnumerable<string> arguments)
    {
        Socket = socket;
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MDEV_RUNTIME_DIR"] = Path.GetDirectoryName(socket) },
        })!;

        // A log belongs to nobody here; kept is what it may have died of.
        _process.ErrorDataReceived += (_, line) => _lastWords = line.Data ?? _lastWords;
        _process.BeginErrorReadLine();
    }

    public string Socket { get; }

    /// <summary>From the start of the process to its line "ready"; zero where nobody waited for one.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>This program, serving.</summary>
    public static ServerProcess Start(string mode, Workplace place)
    {
        string socket = place.NewSocket();
        return StartManaged(typeof(ServerProcess).Assembly.Location, socket, mode, socket);
    }

    /// <summary>A host program.</summary>
    public static ServerProcess StartHost(string assembly, Workplace place)
    {
        string socket = place.NewSocket();
        return StartManaged(assembly, socket, "--socket-path", socket);
    }

    /// <summary>This program, with a tree below <paramref name="root"/>.</summary>
    public static ServerProcess StartTree(int instances, string root, Workplace place) =>
        StartManaged(typeof(ServerProcess).Assembly.Location, place.NewSocket(), Serving.TreeOf(instances), root);

    /// <summary>Somebody else's; it says nothing of when it is ready.</summary>
    public static ServerProcess StartPeer(string program, Workplace place)
    {
        string socket = place.NewSocket();
        return new ServerProcess(program, socket, socket);
    }

    /// <summary>What this program prints in a mode that serves nobody and ends.</summary>
    public static string[] ReadAll(string mode)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [typeof(ServerProcess).Assembly.Location, mode])
            {
                RedirectStandardOutput = true,
            })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new IOException($"{mode} ended with status {process.ExitCode}.");
    }

    public void Pin(int cpu) => Cpus.PinProcess(_process.Id, cpu);

    /// <summary>Stops the process where it is, or lets it go on. Stopped, it takes no processor time from others.</summary>
    public void LetRun(bool run) => BenchLibc.kill(_process.Id, run ? BenchLibc.SIGCONT : BenchLibc.SIGSTOP);

    /// <summary>What the kernel counts as the process' memory: all pages that it has in the machine's, whatever for.</summary>
    public long ResidentKibibytes() => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^3],
        NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);

    /// <summary>What each thread has run so far, by the scheduler's clock: that of /proc/PID/stat has steps of 10 ms.</summary>
    public Dictionary<string, TimeSpan> ProcessorTimes() => Directory.GetDirectories($"/proc/{_process.Id}/task").ToDictionary(
        task => task,
        task => TimeSpan.FromMicroseconds(
            double.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture) / 1000));

    /// <summary>Bytes allocated in the server since it started, on all its threads.</summary>
    public long AllocatedBytes()
    {
        _process.StandardInput.Write('?');
        _process.StandardInput.Flush();
        return long.Parse(ReadLine(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        LetRun(true);
        if (BenchLibc.kill(_process.Id, BenchLibc.SIGTERM) != 0 || !_process.WaitForExit(s_patience))
            _process.Kill();
        _process.Dispose();
    }

    // By the dotnet that runs this program: its own launcher might not find the runtime.
    private static ServerProcess StartManaged(string assembly, string socket, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Environment.ProcessPath!, socket, [assembly, .. arguments]);
        try
        {
            if (!server.ReadLine().StartsWith("ready", StringComparison.Ordinal))
                throw new IOException($"{Path.GetFileName(assembly)} did not say that it is ready.");
        }
        catch
        {
            server.Dispose();
            throw;
        }
        server.StartedIn = Stopwatch.GetElapsedTime(start);
        return server;
    }

    private string ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(s_patience))
            throw new TimeoutException("A server did not answer in time.");
        return line.Result ?? throw new IOException($"A server ended before its time: {_lastWords}");
    }
}
