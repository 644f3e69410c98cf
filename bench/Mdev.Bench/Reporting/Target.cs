using System.Globalization;

namespace Mdev.Bench.Reporting;

/// <summary>What a figure must reach.</summary>
/// <param name="Limit">The last value that is good.</param>
/// <param name="IsMost">Whether less is better.</param>
/// <param name="IsLater">Whether it needs something that is not built yet, and is printed to see how far there is to go.</param>
internal sealed record Target(double Limit, bool IsMost, bool IsLater)
{
    public static Target AtMost(double limit) => new(limit, IsMost: true, IsLater: false);

    public static Target AtLeast(double limit) => new(limit, IsMost: false, IsLater: false);

    public Target Later => this with { IsLater = true };

    // Judged as printed, so that no line contradicts itself.
    public string Judge(double value)
    {
        double rounded = Math.Round(value, 2);
        return (IsMost ? rounded <= Limit : rounded >= Limit) ? "ok" : IsLater ? "later" : "short";
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsMost ? "<=" : ">=")} {Limit:0.##}");
}
