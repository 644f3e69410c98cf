namespace Mdev.Sdk;

/// <summary>
/// Derives an interrupt line from a status register: the line is high while an enabled bit is set. Put it on a property with
/// <see cref="RegisterAttribute"/>. The line follows whatever changes one of the registers: the guest's accesses, once at the
/// end of each, and device code (<c>Status |= Irqs.Done</c>), at once. Several status registers may drive one line, and one may
/// drive several, each by bits of its own: a vector for each cause.
/// </summary>
/// <example>
/// <code>
/// [Register(0x10, Access = Access.RW1C)]
/// [InterruptStatus(nameof(received), Bits = 0x1), InterruptStatus(nameof(sent), Bits = 0x2)]
/// public partial uint Cause { get; set; }
/// </code>
/// </example>
/// <param name="line">
/// The line: an <see cref="Interrupts.InterruptLine"/> that is a property, field or primary-constructor parameter of the block, by
/// <c>nameof</c>; <see langword="null"/> there is a line that nobody hears.
/// </param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class InterruptStatusAttribute(string line) : Attribute
{
    /// <summary>The line.</summary>
    public string Line { get; } = line;

    /// <summary>The bits of the status register that drive this line; all, if not given.</summary>
    public ulong Bits { get; set; } = ulong.MaxValue;

    /// <summary>The register whose set bits let the status bits through; all of them pass if not given.</summary>
    public string? Enable { get; set; }

    /// <summary>The register whose set bits stop the status bits; none is stopped if not given.</summary>
    public string? Mask { get; set; }
}
