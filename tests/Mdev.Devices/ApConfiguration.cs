using System.Collections.Immutable;

namespace Mdev.Devices;

/// <summary>
/// What a matrix has, by number. As text three masks of 256 bits, whose leftmost bit is number 0. Source: Linux
/// Documentation/arch/s390/vfio-ap.rst, "ap_config".
/// </summary>
public sealed record ApConfiguration(ImmutableSortedSet<uint> Adapters, ImmutableSortedSet<uint> Domains, ImmutableSortedSet<uint> ControlDomains)
{
    private const int Bytes = 32;

    public static ApConfiguration None { get; } = new([], [], []);

    /// <summary>A queue is an adapter and a domain: each of one with each of the other.</summary>
    public IEnumerable<(uint Adapter, uint Domain)> Queues => from adapter in Adapters from domain in Domains select (adapter, domain);

    public static ApConfiguration Parse(string text) => text.Split(',') is [var adapters, var domains, var controlDomains]
        ? new ApConfiguration(Numbers(adapters), Numbers(domains), Numbers(controlDomains))
        : throw new FormatException("A configuration is three masks parted by commas: of adapters, domains and control domains.");

    public override string ToString() => $"{Mask(Adapters)},{Mask(Domains)},{Mask(ControlDomains)}";

    private static string Mask(ImmutableSortedSet<uint> numbers)
    {
        byte[] mask = new byte[Bytes];
        foreach (uint number in numbers)
            mask[number / 8] |= (byte)(0x80 >> (int)(number % 8));
        return "0x" + Convert.ToHexStringLower(mask);
    }

    private static ImmutableSortedSet<uint> Numbers(string text)
    {
        if (!text.StartsWith("0x", StringComparison.Ordinal) || text.Length != 2 + (2 * Bytes))
            throw new FormatException("A mask is 0x and 64 hexadecimal digits.");
        byte[] mask = Convert.FromHexString(text.AsSpan(2));
        return [.. Enumerable.Range(0, 8 * Bytes).Where(n => (mask[n / 8] & (0x80 >> (n % 8))) != 0).Select(n => (uint)n)];
    }
}
