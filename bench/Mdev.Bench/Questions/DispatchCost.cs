using System.Globalization;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>What does the generated dispatch cost per access, beside a switch written by hand?</summary>
/// <remarks>
/// Measured in several processes, one after the other: within one, the two differ by a tenth either way with where the
/// compiler happened to put them, and no number of repeats finds that out.
/// </remarks>
internal sealed class DispatchCost : IQuestion
{
    /// <summary>The mode of this program that measures once.</summary>
    public const string Mode = "dispatch-once";

    // DispatchRun's columns.
    private const int Generated = 0, ByHand = 1, BareSwitch = 2, GeneratedCrowded = 3, ByHandCrowded = 4, Allocated = 5;

    private static readonly string[] s_blocks = ["8 byte-wide registers", "64 registers of 32 bits", "1,000 registers, most in arrays"];

    public string Name => "dispatch";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Dispatch per access, generated against by hand");
        var runs = new double[settings.Rounds(9)][][];
        for (int run = 0; run < runs.Length; run++)
            runs[run] = [.. ServerProcess.ReadAll(Mode).Select(Parse)];

        for (int block = 0; block < s_blocks.Length; block++)
        {
            string what = s_blocks[block];
            Samples Column(string name, int column) => new(name, [.. runs.Select(run => run[block][column])]);

            Samples generated = Column("generated", Generated);
            report.Compare($"{what}, through the interface", "ns", generated, Column("by hand", ByHand), Target.AtMost(1.1));
            report.Compare(
                $"{what}, many types at the call", "ns",
                Column("generated", GeneratedCrowded), Column("by hand", ByHandCrowded), Target.AtMost(1.1));
            report.Compare($"{what}, to a bare switch", "ns", generated, Column("bare switch", BareSwitch), Target.AtMost(1.1));
            report.State($"{what}, allocated", Column("generated", Allocated).Values.Max(), "B", Target.AtMost(0));
        }
    }

    private static double[] Parse(string line) => [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
