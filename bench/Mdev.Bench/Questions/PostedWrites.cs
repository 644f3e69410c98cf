using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>How many register writes a second go through where nobody waits for an answer?</summary>
internal sealed class PostedWrites : IQuestion
{
    private const int InOneRound = 2000;

    public string Name => "posted";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Posted writes of 4 bytes, thousands a second");
        List<Contender> all = Contender.StartAll(settings, Serving.Device, offset: 0x40);
        try
        {
            Contender.WarmAndPin(all, contender => Rate(contender), report);
            foreach (Sitting sitting in Sitting.All)
            {
                Cpus.PinThisThread(sitting.ClientCpu);
                Samples[] samples = Interleaved.Run(
                    settings.Rounds(200), [.. all.Select(contender => (contender.Name, (Func<double>)(() => Rate(contender))))]);
                report.Compare($"posted writes, {sitting.Name}", "k/s", samples[1], samples[0], Target.AtLeast(0.9));
                foreach (Samples peer in samples[2..])
                    report.Compare($"posted writes, {sitting.Name}", "k/s", samples[1], peer, Target.AtLeast(1.5));
            }
        }
        finally
        {
            Cpus.UnpinThisThread();
            all.ForEach(contender => contender.Dispose());
        }
    }

    private static double Rate(Contender contender) => contender.Client.PostedRate(
        Frame.Post(contender.Region, contender.Offset, 4), Frame.Read(contender.Region, contender.Offset, 4), InOneRound);
}
