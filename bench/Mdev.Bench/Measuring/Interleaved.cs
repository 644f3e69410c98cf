namespace Mdev.Bench.Measuring;

/// <summary>Measures contenders in turns: floor, ours, floor, ours. Who begins changes from round to round.</summary>
internal static class Interleaved
{
    public static Samples[] Run(int rounds, params (string Name, Func<double> Measure)[] contenders)
    {
        var values = contenders.Select(_ => new double[rounds]).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contenders.Length; turn++)
            {
                int contender = (round + turn) % contenders.Length;
                values[contender][round] = contenders[contender].Measure();
            }
        }
        return [.. contenders.Zip(values, (contender, of) => new Samples(contender.Name, of))];
    }
}
