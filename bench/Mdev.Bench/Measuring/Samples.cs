namespace Mdev.Bench.Measuring;

/// <summary>The measured values of one contender, one a round.</summary>
internal sealed class Samples(string name, double[] values)
{
    public string Name { get; } = name;

    public IReadOnlyList<double> Values => values;

    public double Median => MedianOf(values);

    /// <summary>
    /// How many times the other's value this one's is: the median of the rounds' ratios, because what disturbs a machine
    /// disturbs the two of a round alike.
    /// </summary>
    public double RatioTo(Samples other) => MedianOf([.. values.Zip(other.Values, (mine, its) => mine / its)]);

    public static double MedianOf(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
