using System.Diagnostics;
using System.Globalization;
using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>Sends mutated conversations to each device of a <see cref="FuzzHost"/> in turn, and checks all that comes back.</summary>
/// <param name="host">The server's process.</param>
/// <param name="seed">Makes a run the same as another; each connection's own seed follows from it and from the connection's number.</param>
/// <param name="report">Told how far it is, every few seconds.</param>
internal sealed class Fuzzer(FuzzHost host, int seed, Action<string> report) : IDisposable
{
    private const int MessagesBetweenChecks = 5000;

    private static readonly TimeSpan s_reportEvery = TimeSpan.FromSeconds(2);

    private readonly Corpus _corpus = new();
    private readonly OddDescriptors _descriptors = new();
    private readonly Stopwatch _sinceReport = Stopwatch.StartNew();
    private int _connections;
    private long _sent;
    private long _nextCheck;

    /// <summary>Messages so far.</summary>
    public long Sent => _sent;

    /// <summary>What has been answered.</summary>
    public ReplyCounts Counts { get; } = new();

    /// <summary>Sends so many more messages.</summary>
    /// <exception cref="FuzzException">The server did what it must not; the conversation is in a file that the message names.</exception>
    public void Run(long messages)
    {
        for (long end = _sent + messages; _sent < end; _connections++)
        {
            if (_sent >= _nextCheck)
            {
                _nextCheck = _sent + MessagesBetweenChecks;
                CheckAll();
            }
            if (_sinceReport.Elapsed > s_reportEvery)
            {
                _sinceReport.Restart();
                report(string.Create(CultureInfo.InvariantCulture, $"{_sent:n0} messages, {_connections:n0} connections"));
            }
            Converse(FuzzedDevices.Names[_connections % FuzzedDevices.Names.Count]);
        }
        CheckAll();
    }

    /// <summary>Sends what a file holds that a failure has written.</summary>
    public void Replay(string file)
    {
        string device = File.ReadLines(file).First().Split(' ')[^1];
        using var connection = new FuzzConnection(host.SocketOf(device), _descriptors, Counts);
        foreach (Line line in Conversation.Read(file))
            connection.Send(line.Bytes, line.Descriptors);
        connection.Settle();
    }

    public void Dispose() => _descriptors.Dispose();

    /// <summary>Each device serves a client in its right mind.</summary>
    private void CheckAll()
    {
        foreach (string device in FuzzedDevices.Names)
            Converse(device, Check);
    }

    private static void Check(FuzzConnection connection)
    {
        connection.Send(Raw.VersionMessage(), "");
        connection.Settle();
        connection.Send(Raw.GetInfoMessage(id: 0x5aa5), "");
        connection.Settle();
        if (connection.LastReply is not [0xa5, 0x5a, 4, 0, 32, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, ..])
            throw new FuzzException($"DEVICE_GET_INFO was answered {Convert.ToHexStringLower(connection.LastReply)}");
    }

    private void Converse(string device)
    {
        var random = new Random(unchecked((seed * 1_000_003) + _connections));
        var mutator = new Mutator(random, _corpus, _descriptors.Kinds);
        Converse(device, connection =>
        {
            Line version = _corpus.VersionOf(random);
            if (random.Next(20) == 0)
                version = mutator.Mutated(version);
            connection.Send(version.Bytes, version.Descriptors);
            _sent++;
            if (random.Next(8) == 0)
                _sent += MigratedState.Run(connection, random);

            Line[] recorded = _corpus.For(device, random);
            int at = random.Next(2) == 0 ? 0 : random.Next(recorded.Length), bursts = random.Next(1, 40);
            for (int i = 0; i < bursts && !connection.IsClosed; i++)
            {
                List<Line> burst = mutator.Burst(recorded, ref at, random.Next(1, 32));
                Send(connection, burst, random);
                _sent += burst.Count;

                if (random.Next(16) == 0)
                    _descriptors.Signal();

                // The last replies of some are never read.
                if (i < bursts - 1 || random.Next(3) != 0)
                    connection.Settle();
            }
        }, asked => mutator.AnswerTo(asked));
    }

    // One by one, several at once, or cut anywhere.
    private static void Send(FuzzConnection connection, List<Line> burst, Random random)
    {
        var together = new List<byte>();
        foreach (Line line in burst)
        {
            if (connection.IsClosed)
                return;
            if (line.Descriptors.Length > 0 || random.Next(3) == 0)
            {
                Flush(connection, together);
                int cut = random.Next(4) == 0 ? random.Next(1, line.Bytes.Length) : line.Bytes.Length;
                connection.Send(line.Bytes.AsSpan(0, cut), line.Descriptors);
                together.AddRange(line.Bytes.AsSpan(cut));
                if (random.Next(2) == 0)
                    Flush(connection, together);
            }
            else
            {
                together.AddRange(line.Bytes);
            }
        }
        Flush(connection, together);
    }

    private static void Flush(FuzzConnection connection, List<byte> together)
    {
        if (together.Count > 0 && !connection.IsClosed)
            connection.Send(together.ToArray(), "");
        together.Clear();
    }

    private void Converse(string device, Action<FuzzConnection> converse, Func<byte[], Line?>? answer = null)
    {
        FuzzConnection? connection = null;
        try
        {
            using (connection = new FuzzConnection(host.SocketOf(device), _descriptors, Counts) { Answer = answer })
                converse(connection);
        }
        catch (Exception e) when (e is FuzzException or System.Net.Sockets.SocketException or IOException)
        {
            string state = host.IsAlive ? "the process lives" : $"the process has crashed: {host.Errors}";
            throw new FuzzException(
                $"Seed {seed}, message {_sent}, connection {_connections}, device {device}: {e.Message}; {state}; see {Keep(device, connection)}");
        }
    }

    private static string Keep(string device, FuzzConnection? connection)
    {
        string file = Path.Combine(Path.GetTempPath(), $"mdev-fuzz-{Environment.ProcessId}.txt");
        IEnumerable<string> lines = connection?.Sent.Select(line => line.ToString()) ?? [];
        File.WriteAllLines(file, [$"# MDEV_FUZZ_REPLAY={file} sends this to {device}", .. lines]);
        return file;
    }
}
