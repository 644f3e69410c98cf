using System.Globalization;

namespace Mdev.Bench.Reporting;

/// <summary>What a figure must reach.</summary>
/// <param name="Limit">The last value that is good.</param>
/// <param name="IsMost">Whether less is better.</param>
internal sealed record Target(double Limit, bool IsMost)
{
    public static Target AtMost(double limit) => new(limit, IsMost: true);

    public static Target AtLeast(double limit) => new(limit, IsMost: false);

    // Judged as printed, so that no line contradicts itself.
    public string Judge(double value)
    {
        double rounded = Math.Round(value, 2);
        return (IsMost ? rounded <= Limit : rounded >= Limit) ? "ok" : "short";
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsMost ? "<=" : ">=")} {Limit:0.##}");
}
