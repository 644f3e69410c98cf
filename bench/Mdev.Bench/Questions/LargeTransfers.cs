using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>How many bytes a second go through in the largest accesses there are, 1 MiB of a region of memory?</summary>
/// <remarks>The floor has no memory: it saves one copy of every byte, of the four or five that there are.</remarks>
internal sealed class LargeTransfers : IQuestion
{
    private const int Size = 1 << 20;
    private const int InOneRound = 9;

    public string Name => "large";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Transfers of 1 MiB");
        List<Contender> all = Contender.StartAll(settings, Serving.Memory, offset: 0);
        try
        {
            DropSmallPeers(all, report);
            Contender.WarmAndPin(all, contender =>
            {
                Rate(contender, Frame.Read);
                Rate(contender, Frame.Write);
            }, report);
            foreach (Sitting sitting in Sitting.All)
            {
                Cpus.PinThisThread(sitting.ClientCpu);
                Measure(report, settings, all, $"read, {sitting.Name}", Frame.Read);
                Measure(report, settings, all, $"write, {sitting.Name}", Frame.Write);
            }
        }
        finally
        {
            Cpus.UnpinThisThread();
            all.ForEach(contender => contender.Dispose());
        }
    }

    private static void Measure(
        Report report, Settings settings, List<Contender> all, string what, Func<uint, ulong, int, Frame> frame)
    {
        Samples[] samples = Interleaved.Run(
            settings.Rounds(150), [.. all.Select(contender => (contender.Name, (Func<double>)(() => Rate(contender, frame))))]);
        report.Compare(what, "MB/s", samples[1], samples[0], Target.AtLeast(0.9));
        foreach (Samples peer in samples[2..])
            report.Compare(what, "MB/s", samples[1], peer);
    }

    private static double Rate(Contender contender, Func<uint, ulong, int, Frame> frame) =>
        Size / contender.Client.MedianRoundTrip(frame(contender.Region, 0, Size), InOneRound);

    private static void DropSmallPeers(List<Contender> all, Report report)
    {
        foreach (Contender peer in all.Where(contender => contender.IsPeer).ToArray())
        {
            if (peer.Client.Checked.GetRegionInfo(peer.Region).Size >= Size)
                continue;
            report.Note($"  without {peer.Name}: its region has less than 1 MiB");
            peer.Dispose();
            all.Remove(peer);
        }
    }
}
