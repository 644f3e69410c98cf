namespace Mdev.Sdk.Registers;

/// <summary>Which resets give a register its reset value. At creation every register has it.</summary>
public enum ResetOn
{
    /// <summary>Every one, warm or cold.</summary>
    Warm,

    /// <summary>Only a cold one: the register is sticky over a warm reset.</summary>
    Cold,

    /// <summary>None.</summary>
    Never,
}
