using System.Diagnostics;
using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;

namespace Mdev.Bench.Servers;

/// <summary>A server under measurement and the connection to it.</summary>
internal sealed class Contender : IDisposable
{
    private readonly ServerProcess _process;

    private Contender(string name, ServerProcess process, uint region, ulong offset)
    {
        (Name, _process, Region, Offset) = (name, process, region, offset);
        try
        {
            Client = RawClient.Connect(process.Socket);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    public string Name { get; }

    private bool IsPeer => Name == "peer";

    public RawClient Client { get; }

    /// <summary>Where it is accessed: a register without a handler.</summary>
    public uint Region { get; }

    public ulong Offset { get; }

    /// <summary>The floor, ours, and the peer where there is one: always in this order.</summary>
    /// <param name="settings">Says whether there is one.</param>
    /// <param name="ours">How this program serves for the question.</param>
    /// <param name="offset">Where ours is accessed.</param>
    public static List<Contender> StartAll(Settings settings, string ours, ulong offset)
    {
        var all = new List<Contender>();
        try
        {
            all.Add(new("floor", ServerProcess.Start(Serving.Floor, settings.Place), 0, offset));
            all.Add(new("ours", ServerProcess.Start(ours, settings.Place), 0, offset));
            if (settings.Peer is { } peer)
                all.Add(NewPeer(peer, settings));
            return all;
        }
        catch
        {
            all.ForEach(contender => contender.Dispose());
            throw;
        }
    }

    /// <summary>
    /// Makes the accesses until a managed server's code is as good as it becomes, and all servers stand on one core: the
    /// client's thread chooses how it sits to them. A peer that fails at them drops out, and the others are measured.
    /// </summary>
    public static void WarmAndPin(List<Contender> all, Action<Contender> access, Report report)
    {
        foreach (Contender contender in all.ToArray())
        {
            try
            {
                var watch = Stopwatch.StartNew();
                while (watch.ElapsedMilliseconds < 1500)
                    access(contender);
                contender._process.Pin(Cpus.Server);
            }
            catch (IOException e) when (contender.IsPeer)
            {
                report.Note($"  without the peer: {e.Message}");
                contender.Dispose();
                all.Remove(contender);
            }
        }
    }

    // It may be one that never sleeps: it must not share its core with those that are measured meanwhile.
    private static Contender NewPeer(Peer peer, Settings settings)
    {
        var contender = new Contender("peer", ServerProcess.StartPeer(peer.Program, settings.Place), peer.Region, peer.Offset);
        contender.Client.Turn = contender._process.LetRun;
        return contender;
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }
}
