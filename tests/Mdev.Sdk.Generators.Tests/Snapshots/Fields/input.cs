namespace Fields;

public enum Parity : byte { None, Odd, Even = 3 }

[BitFields(AccessWidth.Qword)]
public partial struct Command
{
    /// <summary>How many are done.</summary>
    [Bits(63, 32)] public partial uint Done { get; }
    [Bits(31, 30)] internal partial Parity Parity { readonly get; private set; }
    [Bits(29, 8)] public partial long Address { readonly get; set; }
    [Bits(7)] public partial bool Run { readonly get; set; }
    [Bits(6, 0)] public partial int @class { readonly get; set; }
}

// A struct that cannot change, and one whose author prints and compares it himself.
[BitFields(AccessWidth.Word)]
public readonly partial struct Status
{
    [Bits(15)] public partial bool Busy { get; init; }
    [Bits(3, 0)] public partial byte Level { get; init; }
}

[BitFields(AccessWidth.Byte)]
public partial struct Own
{
    [Bits(0)] public partial bool On { readonly get; set; }

    public override readonly string ToString() => On ? "on" : "off";

    public readonly bool Equals(Own other) => On == other.On;
}

[BitFields(AccessWidth.Byte)]
public partial record struct Recorded
{
    [Bits(3, 0)] public partial int Low { readonly get; set; }
}
