using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>What a register, or the registers of an array, are like: types, access, bits that are reserved, handlers.</summary>
internal sealed partial class RandomBlock
{
    private static readonly Access[] s_accesses =
    [
        Access.RW, Access.RW, Access.RO, Access.WO, Access.RW1C, Access.RW1S, Access.R | Access.W1T, Access.R | Access.W0C,
        Access.R | Access.W0S, Access.R | Access.W0T, Access.R | Access.WC, Access.R | Access.WS, Access.RW | Access.RC,
        Access.RW | Access.RS, Access.RW1C | Access.RS, Access.RW | Access.Once, Access.RW | Access.SelfClearing,
        Access.RW1S | Access.SelfClearing, Access.R | Access.RC, Access.W1S,
    ];

    // Without an address, and what its attribute says of it.
    private (RandomRegister Register, string Type, string Arguments) RandomRegisterOf(int bytes, int? page, bool constant, bool oneWay = false)
    {
        (string type, Access stated, RandomRegister register) = RandomType(bytes, oneWay);
        ulong ones = Ones(bytes);
        register = register with
        {
            Slot = _stored.Count,
            Mask = _random.Next(3) == 0 ? RandomValue(bytes) : ones,
            Reset = RandomValue(bytes),
            ResetOn = (ResetOn)_random.Next(3),
            Page = page,
            Gated = !constant && _random.Next(6) == 0,
            Constant = constant,
            Adds = !constant && !oneWay && _random.Next(6) == 0,
            Inverts = !oneWay && _random.Next(8) == 0,
            TakesAccess = _random.Next(2) == 0,
            Partial = Partial,
        };
        string arguments = AccessText(stated) + Hex("Mask", register.Mask, register.Mask != ones) + Hex("Reset", register.Reset, true)
            + $", ResetOn = ResetOn.{register.ResetOn}" + (register.Gated ? ", WritableWhen = nameof(Open)" : "") + When(page);
        return (register with { Reset = register.Forced(register.Reset) }, type, arguments);
    }

    // At an offset; there it may be wider than the bus.
    private RandomRegister Addressed(RandomRegister register, int offset)
    {
        register = register with { Offset = offset };
        return register.Bytes <= Bus ? register : register with { Split = RandomSplit(register), Address = Addresses++ };
    }

    // What a register must have that is wider than the bus, and sometimes what it may have.
    private Split RandomSplit(RandomRegister register)
    {
        bool latches = register.Inverts || (!register.Constant && register.CanRead && Array.Exists(register.Access, a => (a & (Access.RC | Access.RS)) != 0));
        Split least = (latches ? Split.LatchRead : 0) | (register.CanWrite ? Split.CommitWrite : 0);
        return _random.Next(2) == 0 ? least : Split.Both;
    }

    // One Split serves all addresses, whose access may need more than the register's own.
    private bool CanHaveAlias(RandomRegister register) => !register.Constant && (register.Bytes <= Bus || register.Split == Split.Both);

    // At no offset yet, and what its attribute says behind that.
    private (RandomRegister Alias, string Arguments) RandomAlias(RandomRegister register, int? page)
    {
        Access access = s_accesses[_random.Next(s_accesses.Length)] & ~Access.Once;
        RandomRegister alias = register with
        {
            Access = [.. Enumerable.Repeat(access, 8 * register.Bytes)],
            Page = page,
            IsAlias = true,
            Watches = false,
            Address = register.Bytes > Bus ? Addresses++ : 0,
        };
        return (alias, $"{AccessText(access)}, Name = \"{NewName()}\"{When(page)}");
    }

    private void AppendRegister(RandomRegister register, string type, string arguments, string more)
    {
        string name = NewName(), split = register.Split == 0 ? "" : $", Split = (Split){(int)register.Split}";
        _members.Append(CultureInfo.InvariantCulture, $"    [Register(0x{register.Offset:x}{arguments}{split}){more}] public partial {type} {name} {{ get;{(register.Constant ? "" : " set;")} }}\n");
        AppendHandlers(register, name, type, "");
        _stored.Add(type == IntegerOf(register.Bytes) ? name : $"({IntegerOf(register.Bytes)}){name}");
    }

    private void AppendHandlers(RandomRegister register, string name, string type, string index)
    {
        string integer = IntegerOf(register.Bytes), access = register.TakesAccess ? ", in GuestAccess access" : "";
        string more = register.TakesAccess ? $" + ({integer})access.Offset + ({integer})access.Enabled" : "";
        string other = register.TakesAccess ? $" ^ ({integer})access.Offset ^ ({integer})access.Enabled ^ ({integer})(access.IsPeek ? 1 : 0)" : "";
        if (register.Adds)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnWrite(nameof({name}))] private {type} Add{name}({index}{type} old, {type} value{access}) => unchecked(({type})({integer})(({integer})old + ({integer})value{more}));\n");
        if (register.Inverts)
            _members.Append(CultureInfo.InvariantCulture, $"    [OnRead(nameof({name}), Pure = true)] private {type} Show{name}({index}{type} stored{access}) => unchecked(({type})({integer})(~({integer})stored{other}));\n");
    }

    // An integer, or fields of which some have an access of their own, some are not implemented, and some bits between them are reserved.
    private (string Type, Access Stated, RandomRegister Register) RandomType(int bytes, bool oneWay)
    {
        Access stated = oneWay ? (_random.Next(2) == 0 ? Access.RO : Access.WO) : s_accesses[_random.Next(s_accesses.Length)];
        Access[] bits = [.. Enumerable.Repeat(stated, 8 * bytes)];
        var register = new RandomRegister(0, 0, bytes, bits, Ones(bytes));
        if (oneWay || _random.Next(3) != 0)
            return (IntegerOf(bytes), stated, register);

        string type = NewName() + "Fields" + Name;
        bool watches = _random.Next(3) == 0;
        var reserved = new StringBuilder();
        var fields = new StringBuilder();
        for (int low = _random.Next(4); low < 8 * bytes;)
        {
            int high = Math.Min(low + _random.Next(6), (8 * bytes) - 1);
            if (watches && _random.Next(4) == 0)
            {
                (register, string text) = Reserve(register, high, low);
                reserved.Append(CultureInfo.InvariantCulture, $"[{text}] ");
                for (int bit = low; bit <= high; bit++)
                    bits[bit] = stated & Access.R;
            }
            else
            {
                bool missing = watches && _random.Next(4) == 0;
                Access own = _random.Next(3) == 0 ? Access.Default : s_accesses[_random.Next(s_accesses.Length)];
                string access = own == 0 ? "" : $", Access = (Access){(int)own}";
                fields.Append(CultureInfo.InvariantCulture, $"    [Bits({high}, {low}{access})]{(missing ? " [Unimplemented(\"No such field\")]" : "")} public partial int {NewName()} {{ readonly get; set; }}\n");
                if (missing)
                    register = register with { Missing = [.. register.Missing, BitsOf(high, low)] };
                for (int bit = low; bit <= high && own != 0; bit++)
                    bits[bit] = own;
            }

            low = high + 1 + _random.Next(4);
        }

        _types.Append(CultureInfo.InvariantCulture, $"[BitFields((AccessWidth){bytes})] {reserved}public partial struct {type}\n{{\n{fields}}}\n\n");
        return (type, stated, register);
    }

    // Bits that the register itself calls reserved, where its type does not, and some or all of it not implemented.
    private (RandomRegister Register, string Text) RandomWatch(RandomRegister register)
    {
        string text = "";
        int bits = 8 * register.Bytes;
        if (!register.Constant && register.Runs.Length == 0 && _random.Next(4) == 0)
        {
            for (int low = _random.Next(bits); low < bits; low += 1 + _random.Next(bits))
            {
                int high = Math.Min(low + _random.Next(8), bits - 1);
                (register, string run) = Reserve(register, high, low);
                text += $", {run}";
                low = high + 1;
            }
        }

        if (!register.Constant && _random.Next(8) == 0)
        {
            int low = _random.Next(bits), high = _random.Next(low, bits);
            bool whole = _random.Next(2) == 0;
            text += whole ? ", Unimplemented(\"Nothing\")" : $", Unimplemented({high}, {low}, \"Not these\")";
            register = register with { Missing = [.. register.Missing, whole ? register.Ones : BitsOf(high, low)] };
        }

        return (register with { Reset = register.Forced(register.Reset) }, text);
    }

    // One run, which may say what must be written to it; that is then also its reset value.
    private (RandomRegister Register, string Text) Reserve(RandomRegister register, int high, int low)
    {
        ulong? must = _random.Next(2) == 0 ? (ulong)_random.NextInt64() & (BitsOf(high, low) >> low) : null;
        string place = high == low ? $"{high}" : $"{high}, {low}";
        return (register with { Runs = [.. register.Runs, (high, low, must)] }, $"Reserved({place}{(must is { } value ? $", Value = 0x{value:x}" : "")})");
    }

    private static ulong BitsOf(int high, int low) => (ulong.MaxValue >> (63 - (high - low))) << low;
}
