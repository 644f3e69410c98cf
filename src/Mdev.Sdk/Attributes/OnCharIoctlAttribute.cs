namespace Mdev.Sdk;

/// <summary>
/// ioctl(2) of one command. <c>int M()</c> without argument; <c>int M(int argument)</c> (or uint, long, ulong) with a value;
/// <c>int M(in T argument)</c>, <c>out T</c> or <c>ref T</c> with a struct of the caller's that he gives (_IOW), gets (_IOR) or both
/// (_IOWR); <c>int M(ref CharIoctl ioctl)</c> for everything else. A <see cref="CharFile"/> in front if wanted; <c>void</c> is 0.
/// Returns what ioctl(2) returns, or a negative errno; commands without a handler fail with ENOTTY.
/// </summary>
/// <remarks>
/// A struct has no references, and its fields in the order of the caller's header. A number with a size (<c>2u &lt;&lt; 30 | 16 &lt;&lt; 16 | 'Q' &lt;&lt; 8 | 1</c>
/// is <c>_IOR('Q', 1, …)</c> of 16 bytes) must agree with it in size and direction; one without says nothing of it.
/// </remarks>
/// <param name="command">The number, as the caller's header has it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnCharIoctlAttribute(uint command) : Attribute
{
    /// <summary>The number.</summary>
    public uint Command { get; } = command;
}
