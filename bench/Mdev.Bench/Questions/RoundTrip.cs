using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>How long does a guest wait for a register, socket to register and back?</summary>
internal sealed class RoundTrip : IQuestion
{
    private const int InOneRound = 300;

    public string Name => "roundtrip";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Register round trip, blocking");
        List<Contender> all = Contender.StartAll(settings, Serving.Device, offset: 0x40);
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
        Target floor = sitting.IsSame ? Target.AtMost(1.1) : Target.AtMost(0.7).Later;
        report.Compare($"{what}, {sitting.Name}", "us", samples[1], samples[0], floor);
        if (samples.Length > 2)
            report.Compare($"{what}, {sitting.Name}", "us", samples[1], samples[2], sitting.IsSame ? Target.AtMost(1) : null);
    }
}
