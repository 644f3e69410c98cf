namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>An array of a random block.</summary>
/// <param name="Name">Of its property.</param>
/// <param name="Type">Of its registers.</param>
/// <param name="Index">What numbers them: an enum, or <c>int</c>.</param>
/// <param name="Element">A register, at no offset; its slot is that of the first.</param>
/// <param name="Stride">Bytes from one to the next.</param>
/// <param name="Resets">The reset value of each, as declared.</param>
/// <param name="Arguments">What its attribute says of the registers, without their addresses.</param>
/// <param name="Watch">Further attributes.</param>
internal sealed record RandomArray(
    string Name, string Type, string Index, RandomRegister Element, int Stride, ulong[] Resets, string Arguments, string Watch)
{
    public int Count => Resets.Length;
}
