using System.Globalization;
using Mdev.Bench.Measuring;

namespace Mdev.Bench.Reporting;

/// <summary>The table, printed line by line as the figures come, and every measured value behind it in a file.</summary>
internal sealed class Report(TextWriter table, TextWriter raw)
{
    private bool _failed;

    /// <summary>Whether something could not be measured at all.</summary>
    public bool Failed => _failed;

    public void Title(string title)
    {
        table.WriteLine();
        Line(title, "ours", "against", "ratio", "target", "");
    }

    /// <summary>A figure measured beside another one's.</summary>
    public void Compare(string what, string unit, Samples ours, Samples other, Target? target = null)
    {
        double ratio = ours.RatioTo(other);
        string against = $"{Number(other.Median)} {unit} {other.Name}";
        Line(what, $"{Number(ours.Median)} {unit}", against, Format(ratio), $"{target}", target?.Judge(ratio) ?? "");
        Keep(what, unit, ours);
        Keep(what, unit, other);
    }

    /// <summary>A figure that stands by itself.</summary>
    public void State(string what, double value, string unit, Target? target = null) =>
        Line(what, $"{Number(value)} {unit}", "", "", $"{target}", target?.Judge(value) ?? "");

    public void Missing(string what, string why)
    {
        _failed = true;
        table.WriteLine($"{what} could not be measured: {why}");
    }

    public void Note(string text) => table.WriteLine(text);

    private void Line(string what, string ours, string against, string ratio, string target, string verdict) =>
        table.WriteLine($"{what,-52} {ours,14}  {against,-20} {ratio,6}  {target,-8} {verdict}".TrimEnd());

    private void Keep(string what, string unit, Samples samples) => raw.WriteLine(
        $"{what}\t{samples.Name}\t{unit}\t{string.Join(' ', samples.Values.Select(v => v.ToString("g6", CultureInfo.InvariantCulture)))}");

    private static string Format(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "#,0" : value >= 10 || value == 0 ? "0.#" : "0.00", CultureInfo.InvariantCulture);
}
