using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mdev.Sdk.Device;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>
/// A process of its own that serves <see cref="FuzzedDevices"/>, so that a crash is seen and what it holds can be counted. This
/// assembly is its program.
/// </summary>
internal sealed class FuzzHost : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <param name="descriptors">How many it may have open; as many as this process if not given.</param>
    public FuzzHost(int? descriptors = null)
    {
        string limit = descriptors is { } most ? string.Create(CultureInfo.InvariantCulture, $"ulimit -n {most}; ") : "";
        var start = new ProcessStartInfo(
            "bash", ["-c", limit + "exec dotnet \"$@\"", "bash", typeof(FuzzHost).Assembly.Location, "serve", _folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => !_process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>What it has said about faults: an exception nobody caught, or one that ended a session.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    public string SocketOf(string device) => Path.Combine(_folder, device);

    /// <summary>Opens files until it may open no more, or closes those.</summary>
    public void Fill(bool full)
    {
        _process.StandardInput.WriteLine(full ? "fill" : "free");
        Assert.Equal("done", _process.StandardOutput.ReadLine());
    }

    /// <summary>What it holds once it has settled.</summary>
    public HostCount Count()
    {
        _process.StandardInput.WriteLine("count");
        string line = _process.StandardOutput.ReadLine() ?? throw new IOException($"The server's process has ended: {Errors}");
        int[] numbers = [.. line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /// <summary>What it holds once that is no more than before, or after a while that is long enough for whoever was still on his way out.</summary>
    public HostCount CountAgain(HostCount before)
    {
        HostCount count = Count();
        for (int i = 0; i < 50 && (count.Descriptors > before.Descriptors || count.Mappings > before.Mappings || count.Sessions != 0); i++)
        {
            Thread.Sleep(100);
            count = Count();
        }
        return count;
    }

    /// <summary>Ends it as its owner would.</summary>
    /// <returns>Whether it ended in time and without a fault.</returns>
    public bool Stop()
    {
        _process.StandardInput.Close();
        return _process.WaitForExit(s_patience) && _process.ExitCode == 0;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The process's own main program.</summary>
    public static int Serve(string folder)
    {
        var log = new FaultLog();
        var devices = new List<VfioDevice>();
        var servers = new List<VfioUserServer>();
        foreach (string name in FuzzedDevices.Names)
        {
            VfioDevice device = FuzzedDevices.Make(name);
            device.Realize(Guid.NewGuid(), log);
            devices.Add(device);
            servers.Add(VfioUserServer.Listen(device, Path.Combine(folder, name)));
        }

        Console.Out.WriteLine("ready");
        var files = new List<SafeFileHandle>();
        while (Console.In.ReadLine() is { } command)
        {
            if (command == "fill")
                Fill(files);
            else if (command == "free")
                files.ForEach(file => file.Dispose());
            Console.Out.WriteLine(command == "count" ? HostCount.OfThisProcess().ToString() : "done");
        }

        servers.ForEach(server => server.Dispose());
        devices.ForEach(device => device.Dispose());
        return log.Faults == 0 ? 0 : 1;
    }

    private static void Fill(List<SafeFileHandle> files)
    {
        try
        {
            while (true)
                files.Add(File.OpenHandle("/dev/null"));
        }
        catch (IOException)
        {
            // That was the last one.
        }
    }

    /// <summary>Knows only what must never happen: a session that an exception has ended.</summary>
    private sealed class FaultLog : ILogger
    {
        private const int SessionFaulted = 208;

        private int _faults;

        public int Faults => _faults;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id != SessionFaulted)
                return;
            Interlocked.Increment(ref _faults);
            Console.Error.WriteLine($"{formatter(state, exception)} {exception}");
        }
    }
}
