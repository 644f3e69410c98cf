using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Mdev.Guest.Tests;

/// <summary>One process that serves as many cards as it is asked for.</summary>
internal sealed class CardHost : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly string _control;

    private CardHost(string program, string parent)
    {
        Assert.True(Lab.IsReady, Lab.Missing);
        _process = Start(program, "--manage");
        _ = ReadLines.Of(_process.StandardError, line =>
        {
            lock (_log)
                _log.AppendLine(line);
        });
        string ready = _process.StandardOutput.ReadLine()!;
        Assert.StartsWith($"ready {parent} ", ready, StringComparison.Ordinal);
        _control = ready.Split(' ')[2];
    }

    public static CardHost Dice() => new(Paths.Dice, "dice");

    public static CardHost Serial() => new(Paths.Mtty, "mtty");

    public Holdings Holdings => Holdings.Of(_process.Id);

    /// <summary>What the process has said on standard error so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Makes a card.</summary>
    /// <returns>Its socket.</returns>
    public string Create(string type)
    {
        using var control = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        control.Connect(new UnixDomainSocketEndPoint(_control));
        using var stream = new NetworkStream(control) { ReadTimeout = 10_000 };
        var uuid = Guid.NewGuid();
        stream.Write(Encoding.UTF8.GetBytes($$$"""{"command":"create","arguments":{"type":"{{{type}}}","uuid":"{{{uuid}}}"}}""" + "\n"));
        using var answers = new StreamReader(stream);
        string answer = answers.ReadLine()!;
        string socket = Path.Combine(_directory.FullName, $"{uuid}.sock");
        Assert.Contains(socket, answer, StringComparison.Ordinal);
        return socket;
    }

    /// <summary>Runs <c>dotnet mdev</c> on these cards, which must succeed and say nothing on standard error.</summary>
    /// <returns>What it prints.</returns>
    public string Tool(params string[] arguments)
    {
        using Process tool = Start(Paths.Tool, arguments);
        string error = "";
        Thread reader = ReadLines.Of(tool.StandardError, line => error += line + "\n");
        string output = tool.StandardOutput.ReadToEnd();
        reader.Join();
        tool.WaitForExit();
        Assert.True(tool.ExitCode == 0 && error.Length == 0, $"dotnet mdev {string.Join(' ', arguments)}: {output}{error}");
        return output;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        Place.Unmount(_directory.FullName);
        _directory.Delete(recursive: true);
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["MDEV_RUNTIME_DIR"] = _directory.FullName, ["MDEV_CONFIG_DIR"] = Path.Combine(_directory.FullName, "d") },
    })!;
}
