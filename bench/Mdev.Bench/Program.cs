using System.Globalization;
using System.Runtime.InteropServices;
using Mdev.Bench;
using Mdev.Bench.Measuring;
using Mdev.Bench.Questions;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

IQuestion[] questions =
[
    new DispatchCost(), new MessageAllocation(), new RoundTrip(), new PostedWrites(), new LargeTransfers(), new BusyDevices(), new IdleDevices(),
    new AttachTime(), new InterruptLatency(), new DmaCopy(), new LifeCycle(), new TreeListing(), new BridgeFiles(),
    new LivePage(), new VncScreen(), new ScreenshotTime(), new StartTime(), new BuildTime(),
];

if (args is [var mode, var path] && Serving.IsMode(mode))
    return Serving.Run(mode, path);
if (args is [DispatchCost.Mode])
    return DispatchRun.Run();

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CommandLine? line = CommandLine.Parse(args, [.. questions.Select(question => question.Name)]);
if (line is null)
    return CommandLine.WrongUsage;

using var workplace = new Workplace();
using TextWriter raw = line.RawFile is { } file ? new StreamWriter(file) : TextWriter.Null;
var settings = new Settings(workplace, line.IsQuick, line.Peers);
var report = new Report(Console.Out, raw);

report.Note($"{DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
report.Note($"{Environment.ProcessorCount} cores of {Machine.Processor}{(line.IsQuick ? "; quick, so not to be quoted" : "")}");
foreach (IQuestion question in questions.Where(question => line.Only is null || line.Only == question.Name))
{
    try
    {
        question.Answer(report, settings);
    }
    catch (Exception e)
    {
        report.Missing(question.Name, e.GetBaseException().Message);
    }
}
return report.Failed ? 1 : 0;
