using System.Diagnostics;
using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;

namespace Mdev.Bench.Servers;

/// <summary>A server under measurement and the connection to it.</summary>
internal sealed class Contender : IDisposable
{
    private readonly ServerProcess _process;

    private Contender(string name, ServerProcess process, uint region, ulong offset, bool isPeer = false)
    {
        (Name, _process, Region, Offset, IsPeer) = (name, process, region, offset, isPeer);
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

    public bool IsPeer { get; }

    public RawClient Client { get; }

    /// <summary>Where it is accessed: a register without a handler.</summary>
    public uint Region { get; }

    public ulong Offset { get; }

    /// <summary>The floor, ours, another one of ours where a question has it, and the peers: always in this order.</summary>
    /// <param name="settings">Says which peers there are.</param>
    /// <param name="ours">How this program serves for the question.</param>
    /// <param name="offset">Where ours is accessed.</param>
    /// <param name="other">The other one's name, and how this program serves for it.</param>
    public static List<Contender> StartAll(Settings settings, string ours, ulong offset, (string Name, string Mode)? other = null)
    {
        var all = new List<Contender>();
        try
        {
            all.Add(new("floor", ServerProcess.Start(Serving.Floor, settings.Place), 0, offset));
            all.Add(new("ours", ServerProcess.Start(ours, settings.Place), 0, offset));
            if (other is { } one)
                all.Add(new(one.Name, ServerProcess.Start(one.Mode, settings.Place), 0, offset));
            foreach (Peer peer in settings.Peers)
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
                report.Note($"  without {contender.Name}: {e.Message}");
                contender.Dispose();
                all.Remove(contender);
            }
        }
    }

    // It may be one that never sleeps: it must not share its core with those that are measured meanwhile.
    private static Contender NewPeer(Peer peer, Settings settings)
    {
        var contender = new Contender(
            peer.Name, ServerProcess.StartPeer(peer.Program, settings.Place), peer.Region, peer.Offset, isPeer: true);
        contender.Client.Turn = contender._process.LetRun;
        return contender;
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }
}
