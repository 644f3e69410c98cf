using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>How long does a guest wait for a register, socket to register and back?</summary>
/// <remarks>Ours as it is by default, and where it never polls; the floor always sleeps.</remarks>
internal sealed class RoundTrip : IQuestion
{
    private const int InOneRound = 300;

    public string Name => "roundtrip";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Register round trip");
        List<Contender> all = Contender.StartAll(
            settings, Serving.Device, offset: 0x40, ("never polling", Serving.BlockingDevice));
        try
        {
            Contender.WarmAndPin(all, contender =>
            {
                contender.Client.MedianRoundTrip(Frame.Read(contender.Region, contender.Offset, 4), InOneRound);
                contender.Client.MedianRoundTrip(Frame.Write(contender.Region, contender.Offset, 1), InOneRound);
            }, report);

            foreach (Sitting sitting in Sitting.All)
            {
                Cpus.PinThisThread(sitting.ClientCpu);
                Measure(report, settings, all, sitting, "read, 4 bytes", Frame.Read, 4);
                Measure(report, settings, all, sitting, "read, 1 byte", Frame.Read, 1);
                Measure(report, settings, all, sitting, "write, 4 bytes", Frame.Write, 4);
                Measure(report, settings, all, sitting, "write, 1 byte", Frame.Write, 1);
            }
        }
        finally
        {
            Cpus.UnpinThisThread();
            all.ForEach(contender => contender.Dispose());
        }
    }

    private static void Measure(
        Report report, Settings settings, List<Contender> all, Sitting sitting, string what,
        Func<uint, ulong, int, Frame> frame, int count)
    {
        Samples[] samples = Interleaved.Run(settings.Rounds(150), [.. all.Select(contender =>
        {
            Frame request = frame(contender.Region, contender.Offset, count);
            return (contender.Name, (Func<double>)(() => contender.Client.MedianRoundTrip(request, InOneRound)));
        })]);

        // On separate cores it takes polling to be faster than a floor that sleeps.
        string name = $"{what}, {sitting.Name}";
        report.Compare(name, "us", samples[1], samples[0], Target.AtMost(sitting.IsSame ? 1.1 : 0.7));
        report.Compare($"{name}, --poll 0", "us", samples[2], samples[0], sitting.IsSame ? Target.AtMost(1.1) : null);
        foreach (Samples peer in samples[3..])
            report.Compare(name, "us", samples[1], peer, sitting.IsSame ? Target.AtMost(1) : null);
    }
}
